-- One row: something odd at a place in a published file, as pages read it.
INSERT INTO serving.issues
SELECT file_no, sheet_no, row, column_no, field, kind, value
FROM published_issues
WHERE file_no IN (
  SELECT s.file_no FROM standing s
  JOIN replaced r ON r.dataset = 'payments' AND r.owner = s.publisher)
ORDER BY file_no, sheet_no, row, column_no, field, kind, value
