-- One row: a standing file that has issues, with what decides the bytes of their partition.
SELECT s.publisher, s.body, s.financial_year,
  concat_ws(chr(31), s.file_no, s.file, s.body, s.rules, count(*), sum(hash(i.sheet_no, i.row, i.column_no, i.field, i.kind, i.value))) AS evidence,
  count(*) AS issues, CAST(0 AS BIGINT) AS pence
FROM standing s
JOIN issues i ON i.file_no = s.file_no
GROUP BY s.file_no, s.file, s.publisher, s.body, s.financial_year, s.rules
ORDER BY s.publisher, s.financial_year, s.file_no
