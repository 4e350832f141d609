-- One row: something odd at a place in a published file, after a place in the order of files.
SELECT i.file_no, f.file, i.sheet_no, i.row, i.column_no, i.field, i.kind, i.value
FROM issues i
JOIN files f ON f.file_no = i.file_no
WHERE {where} AND {after}
ORDER BY i.file_no, i.sheet_no, i.row, i.column_no, i.field, i.kind, i.value
LIMIT :limit
