-- One row: a financial year of which at least half the months of a body are held, the latest first.
SELECT financial_year
FROM coverage
WHERE body = :body AND status IN ('held', 'nil') AND duty <> 'REPORTED' AND month IS NOT NULL
GROUP BY financial_year
HAVING count(DISTINCT month) >= 6
ORDER BY financial_year DESC
