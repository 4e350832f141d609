-- One row: a supplier that published payments went to, after a place in the order of ids. A person is never one.
WITH shown AS (
  SELECT s.supplier, s.name, s.kind, s.body, s.company_number, s.charity_number
  FROM suppliers s
  WHERE s.kind NOT IN ('person', 'redacted') AND {where} AND {after}
    AND EXISTS (SELECT 1 FROM payments p WHERE p.supplier = s.supplier AND p.payee_class = 'organisation' AND p.duty <> 'REPORTED')
  ORDER BY s.supplier
  LIMIT :limit),
paid AS (
  SELECT p.supplier, count(*) AS payments, CAST(sum(p.amount) AS BIGINT) AS pence, count(DISTINCT p.body) AS bodies
  FROM payments p
  WHERE p.supplier IN (SELECT supplier FROM shown) AND p.payee_class = 'organisation' AND p.duty <> 'REPORTED'
  GROUP BY p.supplier)
SELECT s.supplier, s.name, s.kind, NULLIF(s.body, ''), NULLIF(s.company_number, ''), NULLIF(s.charity_number, ''), p.payments, p.pence, p.bodies
FROM shown s
JOIN paid p ON p.supplier = s.supplier
ORDER BY s.supplier
