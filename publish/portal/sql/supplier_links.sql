-- One row: a supplier that is related to one and not the same.
SELECT s.supplier, s.name, s.kind, s.payments, s.pence, s.bodies, l.reason
FROM search_links l
JOIN search_suppliers s ON s.supplier_no = l.other_no
WHERE l.supplier_no = :supplier
ORDER BY s.pence DESC, s.supplier, l.reason
LIMIT :limit
