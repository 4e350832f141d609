-- One row: one of the ten payees or expense types to which most went in a body's year under a duty.
SELECT key, CAST(sum(payments) AS BIGINT), CAST(sum(pence) AS BIGINT)
FROM figures
WHERE body = :body AND financial_year = :year AND duty = :duty AND dimension = :dimension
GROUP BY key
ORDER BY sum(pence) DESC, key
LIMIT 10
