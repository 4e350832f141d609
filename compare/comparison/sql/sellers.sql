-- One row: a supplier of a category in a period that more than one body paid, with how many did and their pounds; the largest fifty.
SELECT t.supplier, COALESCE(s.name, t.supplier) AS name, t.bodies, t.pence
FROM (
  SELECT supplier, COUNT(DISTINCT body) AS bodies, CAST(SUM(pence) AS BIGINT) AS pence
  FROM transactions
  WHERE category >= :category_from AND category < :category_to
    AND financial_year >= :year_from AND financial_year <= :year_to
    AND month BETWEEN CAST(:first_month AS DATE) AND CAST(:last_month AS DATE)
    AND scope = 'procurement' AND supplier <> '' AND (:supplier = '' OR supplier = :supplier) AND duty <> 'REPORTED' AND COALESCE(repeats, FALSE) = FALSE
  GROUP BY supplier
  HAVING COUNT(DISTINCT body) > 1
  ORDER BY pence DESC, supplier
  LIMIT 50) t
LEFT JOIN suppliers s ON s.supplier = t.supplier
ORDER BY t.pence DESC, t.supplier
