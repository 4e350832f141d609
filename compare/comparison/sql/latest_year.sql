-- One row: the latest financial year of which anything is held.
SELECT COALESCE(MAX(financial_year), '') AS financial_year FROM coverage WHERE status = 'held' AND duty <> 'REPORTED'
