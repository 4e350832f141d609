-- One row: a published payment of the years asked about, with the month it counts under and what its whole transaction comes to.
-- A transaction is told by its reference within the file; without one, by payee and day; else the payment is alone.
WITH placed AS (
  SELECT p.file, p.member, p.sheet, p.row, p.publisher, p.body, p.duty, p.vat_basis, p.amount_pence AS pence, p.payee_class,
    COALESCE(p.scope, 'unknown') AS scope, COALESCE(p.cpv, '') AS category, COALESCE(p.supplier, '') AS supplier,
    COALESCE(p.confidence, 0) AS confidence, TRIM(COALESCE(p.transaction_key, p.transaction, '')) AS reference,
    p.date, p.payee, COALESCE(p.postcode, '') AS postcode,
    CAST(DATE_TRUNC('month', CASE
      WHEN p.date >= DATE '1990-01-01' AND p.date <= CAST(f.received + INTERVAL '1' YEAR AS DATE) THEN p.date
      ELSE p.period_from END) AS DATE) AS month
  FROM payments p
  LEFT JOIN (SELECT file, MAX(received) AS received FROM files GROUP BY file) f ON f.file = p.file),
keyed AS (
  SELECT *, reference = '' AND payee_class = 'organisation' AND date IS NOT NULL AS inferred
  FROM placed),
told AS (
  SELECT *, CASE WHEN inferred THEN payee || '|' || postcode || '|' || CAST(date AS VARCHAR)
      WHEN reference <> '' THEN reference ELSE CAST(row AS VARCHAR) END AS told_by,
    CASE WHEN inferred THEN 'payee' WHEN reference <> '' THEN 'reference' ELSE 'row' END AS told_as
  FROM keyed)
SELECT file, member, sheet, row, publisher, body, month, duty, vat_basis, scope, category, supplier, confidence, pence, payee_class, told_as, told_by,
  CAST(EXTRACT(YEAR FROM month) AS INTEGER) - CASE WHEN EXTRACT(MONTH FROM month) < 4 THEN 1 ELSE 0 END AS first_year,
  CAST(SUM(pence) OVER (PARTITION BY file, told_as, told_by,
    CASE WHEN told_as = 'row' THEN member || '|' || sheet ELSE '' END) AS BIGINT) AS transaction_pence
FROM told
ORDER BY file, member, sheet, row
