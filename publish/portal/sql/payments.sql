-- One row: a payment of a body, narrowed to a period, duty, payee or expense type, after a place in the order of dates.
-- The period is by the month that a payment counts under in figures: that of its date, or of its file's period where it
-- has no date to believe. What others report of the body is listed under its own duty only. A payee or expense type is as a figure's key has it: to the letter.
WITH chosen AS (
  SELECT f.file, p.*, COALESCE(p.date, DATE '9999-12-31') AS place,
    CASE WHEN p.date >= DATE '1990-01-01' AND p.date <= CAST(f.received + INTERVAL '1' YEAR AS DATE) THEN p.date ELSE f.period_from END AS counted
  FROM payments p
  JOIN files f ON f.file_no = p.file_no
  WHERE p.body = :body AND (p.duty = :duty OR :duty = '' AND p.duty <> 'REPORTED')
    AND (:payee = '' OR p.payee = :payee) AND (:type = '' OR p.expense_type = :type))
SELECT c.file, c.file_no, c.sheet_no, c.row, COALESCE(CAST(c.date AS VARCHAR), ''), c.amount, c.duty, c.vat_basis,
  COALESCE(c.payee, ''), COALESCE(c.payee_key, ''), c.payee_class, COALESCE(c.expense_type, ''), COALESCE(c.description, '')
FROM chosen c
WHERE (:all OR (:undated AND counted IS NULL) OR (NOT :undated AND counted >= CAST(:from AS DATE) AND counted <= CAST(:to AS DATE)))
  AND (place, file_no, sheet_no, row) > (CAST(:date AS DATE), CAST(:file_no AS INTEGER), CAST(:sheet_no AS INTEGER), CAST(:row AS INTEGER))
ORDER BY place, file_no, sheet_no, row
LIMIT :limit
