-- One row: what counts under a calendar month of a body and duty for one payee, or for one expense type. Made from payments, which
-- alone hold the words as published, beside the transactions of the same files.
INSERT INTO figures
WITH parts AS (
  SELECT DISTINCT e.file_no, m.body, m.duty, m.financial_year
  FROM slices s
  JOIN file_months m ON m.body = s.body AND m.financial_year = s.financial_year
  JOIN editions e ON e.file_no = m.file_no AND e.superseded_by IS NULL
  WHERE m.payments > 0),
-- lot: a number for (body, duty, financial year), by which millions of payments are grouped faster than by their names.
numbered AS (SELECT *, DENSE_RANK() OVER (ORDER BY body, duty, financial_year) AS lot FROM parts),
lots AS (SELECT DISTINCT lot, body, duty, financial_year FROM numbered),
counted AS (
  SELECT s.lot, p.month, p.amount,
    CASE p.payee_class
      WHEN 'organisation' THEN p.payee
      WHEN 'missing' THEN ''
      WHEN 'individual' THEN 'Individual'
      WHEN 'redacted-personal' THEN 'Redacted (personal)'
      WHEN 'redacted-commercial' THEN 'Redacted (commercial)'
      WHEN 'redacted' THEN 'Redacted'
      ELSE 'Withheld' END AS payee,
    CASE
      WHEN p.payee_class NOT IN ('organisation', 'redacted-commercial', 'redacted', 'missing') AND p.payee <> ''
        AND POSITION(LOWER(p.payee) IN LOWER(p.expense_type)) > 0 THEN ''
      ELSE COALESCE(p.expense_type, '') END AS expense_type
  FROM placed p
  JOIN numbered s ON s.file_no = p.file_no AND s.body = p.body AND s.duty = p.duty AND s.financial_year = p.financial_year
  WHERE p.file_no IN (SELECT file_no FROM parts)),
grouped AS (
  SELECT lot, month,
    CASE WHEN GROUPING(payee) = 0 THEN 'payee' ELSE 'expense_type' END AS dimension,
    CASE WHEN GROUPING(payee) = 0 THEN payee ELSE expense_type END AS key,
    COUNT(*) AS payments, SUM(amount) AS pence, SUM(CASE WHEN amount < 0 THEN amount ELSE 0 END) AS credit_pence
  FROM counted
  GROUP BY GROUPING SETS ((lot, month, payee), (lot, month, expense_type)))
SELECT l.body, l.financial_year, g.month, l.duty, g.dimension, g.key,
  g.payments, CAST(g.pence AS BIGINT), CAST(g.credit_pence AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
FROM grouped g
JOIN lots l ON l.lot = g.lot
ORDER BY l.body, l.financial_year, g.month, l.duty, g.dimension, g.key;
