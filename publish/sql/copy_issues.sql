-- One row: something odd at a place in a published file of one publisher and financial year.
SELECT file, member, sheet, row, column_no, publisher, body, financial_year, field, kind, value
FROM published_issues
WHERE file_no IN (SELECT file_no FROM standing WHERE publisher = :owner AND financial_year = :year)
ORDER BY file_no, sheet_no, row, column_no, field, kind, value
