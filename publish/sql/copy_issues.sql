-- One row: something odd at a place in a published file of one publisher and financial year.
SELECT s.file, coalesce(h.member, '') AS member, coalesce(h.sheet, '') AS sheet, i.row, i.column_no,
  s.publisher, s.body, s.financial_year, i.field, i.kind, i.value
FROM serving.issues i
JOIN standing s ON s.file_no = i.file_no
LEFT JOIN published_sheets h ON h.file_no = i.file_no AND h.sheet_no = i.sheet_no
WHERE s.publisher = :owner AND s.financial_year = :year
ORDER BY i.file_no, i.sheet_no, i.row, i.column_no, i.field, i.kind, i.value
