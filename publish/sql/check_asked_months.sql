-- One row: a month of a body and duty that such payments are dated in, or that the period of their file takes in.
INSERT INTO asked_months
SELECT body, duty, CAST(date_trunc('month', date) AS DATE) AS month FROM asked_payments WHERE date IS NOT NULL
UNION
SELECT DISTINCT body, duty, CAST(unnest(generate_series(date_trunc('month', period_from), CAST(period_to AS TIMESTAMP), INTERVAL 1 MONTH)) AS DATE) AS month
FROM asked_payments
WHERE period_from IS NOT NULL AND period_to IS NOT NULL
ORDER BY body, duty, month
