-- One row: one of the suppliers that were paid most under a category.
SELECT s.supplier, s.name, s.kind, p.payments, p.pence, p.bodies, ''
FROM (
  SELECT supplier_no, CAST(sum(payments) AS BIGINT) AS payments, CAST(sum(pence) AS BIGINT) AS pence, count(DISTINCT body_no) AS bodies
  FROM search_spend WHERE cpv >= :first AND cpv <= :last AND supplier_no > 0
  GROUP BY supplier_no) p
JOIN search_suppliers s ON s.supplier_no = p.supplier_no
ORDER BY p.pence DESC, s.supplier
LIMIT :limit
