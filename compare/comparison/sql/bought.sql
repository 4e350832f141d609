-- One row: a division of the CPV that a body bought in a period, and its pounds.
SELECT SUBSTRING(category, 1, 2) AS division, CAST(SUM(pence) AS BIGINT) AS pence
FROM transactions
WHERE body = :body AND duty = :duty AND scope = 'procurement' AND category <> ''
  AND financial_year >= :year_from AND financial_year <= :year_to
  AND month BETWEEN CAST(:first_month AS DATE) AND CAST(:last_month AS DATE)
GROUP BY SUBSTRING(category, 1, 2)
ORDER BY pence DESC, division
