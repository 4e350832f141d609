-- One row: a slice of the files there are.
INSERT INTO slices SELECT DISTINCT body, financial_year FROM file_months ORDER BY body, financial_year
