-- One row: a supplier, or a payee without one, whose names hold every word asked for; those paid most come first.
SELECT COALESCE(s.supplier, ''), COALESCE(s.name, p.payee), COALESCE(s.kind, ''), COALESCE(s.payments, p.payments), COALESCE(s.pence, p.pence),
  COALESCE(s.bodies, p.bodies), COALESCE(CAST(s.last AS VARCHAR), CAST(p.last AS VARCHAR), '')
FROM (
  SELECT supplier_no, CASE WHEN supplier_no = 0 THEN payee ELSE '' END AS payee, max(payments) AS payments, max(pence) AS pence, max(bodies) AS bodies, max(last) AS last
  FROM search_payees WHERE payee_id IN (SELECT id FROM named)
  GROUP BY 1, 2) p
LEFT JOIN search_suppliers s ON s.supplier_no = p.supplier_no
ORDER BY COALESCE(s.pence, p.pence) DESC, 2, 1
LIMIT :limit
