-- One row: a financial year of the coverage, the latest first, and whether any month of it is held.
SELECT financial_year, bool_or(status IN ('held', 'nil')) FROM coverage WHERE financial_year <> '' GROUP BY financial_year ORDER BY financial_year DESC
