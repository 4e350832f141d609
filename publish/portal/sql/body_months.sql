-- One row: a month of a body under a duty, beside the median of other bodies of its kind.
SELECT CAST(c.month AS VARCHAR), c.status, COALESCE(f.payments, 0), COALESCE(f.pence, 0), COALESCE(f.credit_pence, 0),
  c.vat_basis, COALESCE(x.peers, 0), x.median_pence, COALESCE(x.withheld, '')
FROM (
  SELECT month, min(status) AS status, min(vat_basis) AS vat_basis FROM coverage
  WHERE body = :body AND financial_year = :year AND duty = :duty AND month IS NOT NULL GROUP BY month) c
LEFT JOIN figures f ON f.body = :body AND f.financial_year = :year AND f.duty = :duty AND f.dimension = 'total' AND f.month = c.month
LEFT JOIN comparisons x ON x.body = :body AND x.financial_year = :year AND x.duty = :duty AND x.month = c.month
ORDER BY c.month
