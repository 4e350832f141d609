-- One row: a payment that a body published again under another duty, and the one it repeats.

-- One row: a slice that standing files of several duties hold payments of, and a duty; place: 1 for the one that counts where
-- duties are added.
CREATE OR REPLACE TEMP TABLE crossings AS
WITH held AS (
  SELECT m.body, m.financial_year, m.duty, MIN(CASE WHEN o.duty = m.duty THEN 0 ELSE COALESCE(d.place, 1000) END) AS place
  FROM slices s
  JOIN file_months m ON m.body = s.body AND m.financial_year = s.financial_year AND m.payments > 0
  JOIN editions e ON e.file_no = m.file_no AND e.superseded_by IS NULL
  LEFT JOIN publishers o ON o.publisher = e.publisher
  LEFT JOIN duties d ON d.duty = m.duty
  GROUP BY m.body, m.financial_year, m.duty),
ordered AS (
  SELECT body, financial_year, duty, ROW_NUMBER() OVER (PARTITION BY body, financial_year ORDER BY place, duty) AS place,
    COUNT(*) OVER (PARTITION BY body, financial_year) AS duties
  FROM held)
SELECT body, financial_year, duty, place FROM ordered WHERE duties > 1;

INSERT INTO remade
SELECT DISTINCT p.file_no
FROM same_payments p
JOIN slices s ON s.body = p.body AND s.financial_year = p.financial_year;

DELETE FROM same_payments p
WHERE EXISTS (SELECT 1 FROM slices s WHERE s.body = p.body AND s.financial_year = p.financial_year);

INSERT INTO same_payments
WITH candidates AS (
  SELECT p.file_no, p.sheet_no, p.row, p.body, p.financial_year, x.place, p.date, p.amount,
    CASE WHEN p.payee_class = 'organisation' THEN TRANSLATE(LOWER(p.payee), ' .,''&-/()', '') ELSE '' END AS payee,
    TRIM(COALESCE(p.transaction, '')) AS reference
  FROM placed p
  JOIN editions e ON e.file_no = p.file_no AND e.superseded_by IS NULL
  JOIN crossings x ON x.body = p.body AND x.financial_year = p.financial_year AND x.duty = p.duty
  WHERE p.dated AND p.amount <> 0
    AND p.file_no IN (SELECT m.file_no FROM file_months m JOIN crossings x ON x.body = m.body AND x.financial_year = m.financial_year)),
payees AS (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY body, place, date, amount, payee ORDER BY file_no, sheet_no, row) AS nth
  FROM candidates
  WHERE payee <> ''),
by_payee AS (
  SELECT b.file_no, b.sheet_no, b.row, a.file_no AS of_file_no, a.sheet_no AS of_sheet_no, a.row AS of_row,
    'payee' AS told_by, b.body, b.financial_year
  FROM payees a
  JOIN payees b ON b.body = a.body AND b.date = a.date AND b.amount = a.amount AND b.payee = a.payee AND b.nth = a.nth
    AND b.place > a.place),
told AS (
  SELECT file_no, sheet_no, row FROM by_payee
  UNION
  SELECT of_file_no, of_sheet_no, of_row FROM by_payee),
refs AS (
  SELECT c.*, ROW_NUMBER() OVER (PARTITION BY c.body, c.place, c.date, c.amount, c.reference
    ORDER BY c.file_no, c.sheet_no, c.row) AS nth
  FROM candidates c
  LEFT JOIN told t ON t.file_no = c.file_no AND t.sheet_no = c.sheet_no AND t.row = c.row
  WHERE c.reference <> '' AND t.file_no IS NULL),
by_reference AS (
  SELECT b.file_no, b.sheet_no, b.row, a.file_no AS of_file_no, a.sheet_no AS of_sheet_no, a.row AS of_row,
    'reference' AS told_by, b.body, b.financial_year
  FROM refs a
  JOIN refs b ON b.body = a.body AND b.date = a.date AND b.amount = a.amount AND b.reference = a.reference AND b.nth = a.nth
    AND b.place > a.place),
told_all AS (SELECT * FROM by_payee UNION ALL SELECT * FROM by_reference)
SELECT * FROM told_all
ORDER BY file_no, sheet_no, row, of_file_no, of_sheet_no, of_row;

INSERT INTO remade
SELECT DISTINCT p.file_no
FROM same_payments p
JOIN slices s ON s.body = p.body AND s.financial_year = p.financial_year;
