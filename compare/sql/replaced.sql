-- One row: a slice of coverage and figures that was made again.
SELECT body, financial_year FROM slices ORDER BY body, financial_year
