-- One row: one of the ten payees, or of the ten expense types, to which most went in a body's year under a duty.
SELECT dimension, key, payments, pence
FROM (
  SELECT dimension, key, CAST(sum(payments) AS BIGINT) AS payments, CAST(sum(pence) AS BIGINT) AS pence,
    row_number() OVER (PARTITION BY dimension ORDER BY sum(pence) DESC, key) AS place
  FROM figures
  WHERE body = :body AND financial_year = :year AND duty = :duty AND dimension IN ('payee', 'expense_type')
  GROUP BY dimension, key)
WHERE place <= 10
ORDER BY dimension, place
