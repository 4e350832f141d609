-- One row: what a body's transactions of a month, duty, VAT basis and scope come to, of at least a floor: none at all, and the
-- threshold that counts. Where the reader holds a table of this name with that floor, it is read instead.
SELECT t.body, t.month, t.duty, t.vat_basis, t.scope, f.floor_pence,
  CAST(SUM(t.payments) AS BIGINT) AS payments, CAST(SUM(t.pence) AS BIGINT) AS pence,
  CAST(SUM(CASE WHEN t.category <> '' THEN t.payments ELSE 0 END) AS BIGINT) AS classified_payments,
  CAST(SUM(CASE WHEN t.category <> '' THEN t.pence ELSE 0 END) AS BIGINT) AS classified_pence
FROM transactions t
JOIN chosen c ON c.body = t.body
JOIN (SELECT DISTINCT month FROM kept) k ON k.month = t.month
CROSS JOIN (SELECT 0 AS floor_pence UNION SELECT CAST(:threshold_pence AS BIGINT)) f
WHERE t.financial_year >= :year_from AND t.financial_year <= :year_to AND ABS(t.transaction_pence) >= f.floor_pence
GROUP BY t.body, t.month, t.duty, t.vat_basis, t.scope, f.floor_pence
