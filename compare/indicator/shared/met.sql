-- One row: a supplier that could be told, and what a body paid it, less what it gave back, with bounds.
SELECT body, supplier, CAST(SUM(pence) AS BIGINT) AS pence, CAST(SUM(low_sixths) AS BIGINT) AS low_sixths,
  CAST(SUM(high_sixths) AS BIGINT) AS high_sixths
FROM counted
WHERE supplier <> ''
GROUP BY body, supplier
