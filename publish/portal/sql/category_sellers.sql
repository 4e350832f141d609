-- One row: one of the suppliers that were paid most at and below a category.
SELECT s.supplier, s.name, s.kind, p.payments, p.pence, p.bodies, ''
FROM search_sellers p
JOIN search_suppliers s ON s.supplier_no = p.supplier_no
WHERE p.node = :node AND p.place > 0 AND p.place <= :limit
ORDER BY p.place
