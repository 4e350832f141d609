-- One row: what a body's transactions of a month, duty, VAT basis and scope come to, of at least a floor, whatever the category.
DELETE FROM totals t
WHERE EXISTS (SELECT 1 FROM slices s WHERE s.body = t.body AND s.financial_year = t.financial_year);

INSERT INTO totals
WITH banded AS (
  SELECT body, financial_year, month, duty, vat_basis, scope,
    CASE
      WHEN ABS(transaction_pence) < 25000 THEN 0 WHEN ABS(transaction_pence) < 50000 THEN 25000
      WHEN ABS(transaction_pence) < 2500000 THEN 50000 WHEN ABS(transaction_pence) < 3000000 THEN 2500000
      ELSE 3000000 END AS band_pence,
    SUM(payments) AS payments, SUM(pence) AS pence,
    SUM(CASE WHEN category <> '' THEN payments ELSE 0 END) AS classified_payments,
    SUM(CASE WHEN category <> '' THEN pence ELSE 0 END) AS classified_pence
  FROM sliced
  WHERE month IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5, 6, 7),
floors (floor_pence) AS (VALUES (0), (25000), (50000), (2500000), (3000000))
SELECT b.body, b.financial_year, b.month, b.duty, b.vat_basis, b.scope, f.floor_pence,
  CAST(SUM(b.payments) AS BIGINT), CAST(SUM(b.pence) AS BIGINT),
  CAST(SUM(b.classified_payments) AS BIGINT), CAST(SUM(b.classified_pence) AS BIGINT)
FROM banded b
JOIN floors f ON f.floor_pence <= b.band_pence
GROUP BY b.body, b.financial_year, b.month, b.duty, b.vat_basis, b.scope, f.floor_pence
ORDER BY b.body, b.financial_year, b.month, b.duty, b.vat_basis, b.scope, f.floor_pence;
