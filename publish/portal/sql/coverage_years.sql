-- One row: a financial year in which a month of any body is held.
SELECT DISTINCT financial_year FROM coverage WHERE financial_year <> '' ORDER BY financial_year DESC
