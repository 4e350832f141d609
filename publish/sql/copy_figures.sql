-- One row: what a body published for a month of one financial year, in all or for one payee or expense type.
SELECT body, financial_year, month, duty, dimension, key, payments, pence, credit_pence, repeated_pence, comparable_pence
FROM published_figures
WHERE body = :owner AND financial_year = :year
ORDER BY body, financial_year, month, duty, dimension, key
