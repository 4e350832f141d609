-- One row: a published figure, as pages read it, from the partitions just written.
INSERT INTO serving.figures
SELECT body, financial_year, month, duty, dimension, key, payments, pence, credit_pence, repeated_pence, comparable_pence
FROM read_parquet(:paths)
ORDER BY body, financial_year, month, duty, dimension, key
