-- One row: one of the first three places of a kind of issue in a file, with how often the kind occurs in it.
WITH placed AS (
  SELECT *, row_number() OVER (PARTITION BY kind ORDER BY sheet_no, row, column_no, field, value) AS place,
    count(*) OVER (PARTITION BY kind) AS found
  FROM issues
  WHERE file_no = :file_no)
SELECT i.kind, i.found, i.sheet_no, COALESCE(s.sheet, ''), i.row, i.column_no, i.field, i.value, COALESCE(s.encoding, '-') = ''
FROM placed i
LEFT JOIN sheets s ON s.file_no = :file_no AND s.sheet_no = i.sheet_no
WHERE i.place <= 3
ORDER BY i.found DESC, i.kind, i.place
