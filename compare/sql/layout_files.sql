-- One row: a standing file of the publishers and duties that are made again, with the columns of the table that holds most
-- of its payments.
WITH lines AS (SELECT DISTINCT publisher, duty FROM rivals),
tables AS (
  SELECT e.publisher, e.duty, e.period_from, e.period_to, e.file_no, s.sheet_no, s.header_row, s.columns,
    ROW_NUMBER() OVER (PARTITION BY e.file_no ORDER BY s.payments DESC, s.sheet_no) AS place
  FROM lines l
  JOIN editions e ON e.publisher = l.publisher AND e.duty = l.duty
  JOIN sheets s ON s.file_no = e.file_no
  WHERE e.superseded_by IS NULL AND s.payments > 0)
SELECT publisher, duty, period_from, period_to, file_no, sheet_no, header_row, columns
FROM tables
WHERE place = 1
ORDER BY publisher, duty, period_from NULLS LAST, period_to NULLS LAST, file_no
