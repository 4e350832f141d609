-- One row: a kind of issue at a payment's row.
SELECT kind, count(*)
FROM issues
WHERE file_no = :file_no AND sheet_no = :sheet_no AND row = :row
GROUP BY kind
ORDER BY kind
