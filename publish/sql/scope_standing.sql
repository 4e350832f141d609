-- One row: a file whose claim to its period stands and whose publisher has a licence on record.
CREATE OR REPLACE TEMP TABLE standing AS
SELECT e.file_no, f.file, e.publisher, e.body, e.duty, e.financial_year, e.period_from, e.period_to, f.rules
FROM editions e
JOIN files f ON f.file_no = e.file_no
JOIN publishers p ON p.publisher = e.publisher
WHERE e.superseded_by IS NULL AND p.licence <> ''
ORDER BY e.file_no
