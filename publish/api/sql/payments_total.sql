-- One row: how many payments a filter lets through, and what they come to.
SELECT count(*), CAST(COALESCE(sum(p.amount), 0) AS BIGINT)
FROM {from}
WHERE {where}
ORDER BY 1
