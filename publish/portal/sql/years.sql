-- One row: a financial year under a duty, over all bodies; '' for payments that count under no month.
SELECT financial_year, duty, count(DISTINCT body), CAST(sum(payments) AS BIGINT), CAST(sum(pence) AS BIGINT), CAST(sum(credit_pence) AS BIGINT)
FROM figures
WHERE dimension = 'total'
GROUP BY financial_year, duty
ORDER BY financial_year DESC, duty
