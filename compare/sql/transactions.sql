-- One row: the payments of one transaction, on one sheet of a standing file, that count under the same body, duty, month, supplier,
-- scope, category and VAT basis. Sorted by category and year first, by which comparisons read.
DELETE FROM transactions WHERE file_no IN (SELECT file_no FROM remade);

INSERT INTO transactions (file_no, publisher, body, financial_year, month, duty, vat_basis, scope, category, supplier, redacted,
  confidence, payments, pence, transaction_pence, credit_pence, repeats, inferred, sheet_no, row)
WITH standing AS (
  SELECT e.file_no FROM editions e WHERE e.superseded_by IS NULL AND e.file_no IN (SELECT file_no FROM remade)),
again AS (SELECT DISTINCT file_no, sheet_no, row FROM same_payments),
-- A transaction is told by its reference; else, where it is inferred, by payer and day; else by own, the place of a payment alone.
told AS (
  SELECT p.file_no, p.sheet_no, p.row, p.body, p.duty, p.month, p.vat_basis, p.amount, p.line_hash, p.payee_hash, p.payee_class,
    TRIM(COALESCE(p.transaction, '')) AS reference,
    CASE WHEN TRIM(COALESCE(p.transaction, '')) = '' AND p.payee_class = 'organisation' THEN p.date END AS day
  FROM placed p
  WHERE p.file_no IN (SELECT file_no FROM standing)),
keyed AS (
  SELECT *, CASE WHEN day IS NOT NULL THEN payee_hash ELSE 0 END AS payer,
    CASE WHEN day IS NOT NULL OR reference <> '' THEN 0 ELSE CAST(sheet_no AS BIGINT) * 4294967296 + row END AS own
  FROM told),
-- The whole of a transaction that has several payments.
wholes AS (
  SELECT file_no, reference, payer, day, SUM(amount) AS pence
  FROM keyed
  WHERE own = 0
  GROUP BY file_no, reference, payer, day
  HAVING COUNT(*) > 1),
judged AS (
  SELECT k.file_no, k.sheet_no, k.row, k.body, k.duty, k.month, k.vat_basis, k.amount, k.reference, k.payer, k.day, k.own,
    COALESCE(l.scope, 'unknown') AS scope, COALESCE(l.category, '') AS category, COALESCE(l.confidence, 0) AS confidence,
    CASE WHEN k.payee_class = 'organisation' THEN COALESCE(y.supplier, '') ELSE '' END AS supplier,
    k.payee_class IN ('redacted', 'redacted-personal', 'redacted-commercial') AS redacted,
    a.file_no IS NOT NULL AS repeats
  FROM keyed k
  LEFT JOIN lines l ON l.line_hash = k.line_hash
  LEFT JOIN payees y ON y.payee_hash = k.payee_hash
  LEFT JOIN again a ON a.file_no = k.file_no AND a.sheet_no = k.sheet_no AND a.row = k.row),
grouped AS (
  SELECT file_no, sheet_no, reference, payer, day, own, body, duty, month, vat_basis, scope, category, supplier, redacted, repeats,
    MIN(row) AS row, MIN(confidence) AS confidence, COUNT(*) AS payments, SUM(amount) AS pence,
    SUM(CASE WHEN amount < 0 THEN amount ELSE 0 END) AS credit_pence
  FROM judged
  GROUP BY file_no, sheet_no, reference, payer, day, own, body, duty, month, vat_basis, scope, category, supplier, redacted, repeats),
named AS (
  SELECT g.*, e.publisher, COALESCE(c.financial_year, '') AS financial_year,
    CASE WHEN g.own = 0 THEN COALESCE(w.pence, g.pence) ELSE g.pence END AS transaction_pence
  FROM grouped g
  JOIN editions e ON e.file_no = g.file_no
  LEFT JOIN calendar c ON c.month = g.month
  LEFT JOIN wholes w ON w.file_no = g.file_no AND w.reference = g.reference AND w.payer = g.payer
    AND w.day IS NOT DISTINCT FROM g.day)
SELECT file_no, publisher, body, financial_year, month, duty, vat_basis, scope, category, supplier, redacted,
  confidence, payments, CAST(pence AS BIGINT), CAST(transaction_pence AS BIGINT), CAST(credit_pence AS BIGINT),
  repeats, day IS NOT NULL, sheet_no, row
FROM named
ORDER BY category, financial_year, body, duty, month, file_no, sheet_no, row;
