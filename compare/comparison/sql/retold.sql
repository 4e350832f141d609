-- One row: the payments of one transaction that count alike, as the warehouse's transactions have them.
SELECT 0 AS file_no, publisher, body,
  COALESCE(CAST(first_year AS VARCHAR) || '/' || SUBSTRING(CAST(first_year + 1 AS VARCHAR), 3, 2), '') AS financial_year,
  month, duty, vat_basis, scope, category, supplier,
  payee_class IN ('redacted', 'redacted-personal', 'redacted-commercial') AS redacted, FALSE AS repeats,
  CAST(MIN(confidence) AS DECIMAL(4, 3)) AS confidence, COUNT(*) AS payments, CAST(SUM(pence) AS BIGINT) AS pence, transaction_pence
FROM published
GROUP BY file, member, sheet, told_as, told_by, publisher, body, first_year, month, duty, vat_basis, scope, category, supplier,
  payee_class IN ('redacted', 'redacted-personal', 'redacted-commercial'), transaction_pence
ORDER BY category, financial_year, body, month, publisher, supplier, pence, transaction_pence
