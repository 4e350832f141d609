-- One row: how many figures a list has, and what they come to.
SELECT count(*), CAST(COALESCE(sum(x.pence), 0) AS BIGINT)
FROM figures x
WHERE {where}
ORDER BY 1
