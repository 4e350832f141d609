-- One row: a published figure, after a place in the order of bodies and months.
SELECT x.body, x.financial_year, CAST(x.month AS VARCHAR), x.duty, x.dimension, x.key, x.payments, x.pence, x.credit_pence
FROM figures x
WHERE {where} AND {after}
ORDER BY x.body, COALESCE(x.month, DATE '9999-12-31'), x.duty, x.dimension, x.key
LIMIT :limit
