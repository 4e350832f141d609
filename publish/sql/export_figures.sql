-- One row: a figure of any body, from all partitions of a release.
SELECT body, financial_year, month, duty, dimension, key, payments, pence, credit_pence, repeated_pence, comparable_pence
FROM read_parquet(:paths)
ORDER BY body, financial_year, month, duty, dimension, key
