-- One row: a body and financial year that has figures, with what decides the bytes of their partition.
SELECT '' AS publisher, f.body, f.financial_year,
  concat_ws(chr(31), count(*), sum(hash(f.month, f.duty, f.dimension, f.key, f.payments, f.pence, f.credit_pence, f.repeated_pence, f.comparable_pence))) AS evidence,
  count(*) AS figures, CAST(sum(f.pence) FILTER (WHERE f.dimension = 'total') AS BIGINT) AS pence
FROM figures f
JOIN shown s ON s.body = f.body
GROUP BY f.body, f.financial_year
ORDER BY f.body, f.financial_year
