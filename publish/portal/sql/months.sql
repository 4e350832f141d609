-- One row: the months of a body, or of all bodies, whose body is '', by how they are held. A month counts once for each body and
-- duty of its own: what others report of it makes no month held.
SELECT CASE WHEN GROUPING(body) = 1 THEN '' ELSE body END,
  count(*) FILTER (WHERE status = 'held'), count(*) FILTER (WHERE status = 'nil'), count(*) FILTER (WHERE status = 'missing'),
  CAST(COALESCE(sum(undated), 0) AS BIGINT), CAST(COALESCE(sum(payments) FILTER (WHERE month IS NULL), 0) AS BIGINT),
  COALESCE(CAST(min(month) FILTER (WHERE status IN ('held', 'nil')) AS VARCHAR), ''),
  COALESCE(CAST(max(month) FILTER (WHERE status IN ('held', 'nil')) AS VARCHAR), '')
FROM coverage
WHERE duty <> 'REPORTED'
GROUP BY GROUPING SETS ((), (body))
HAVING GROUPING(body) = 1 OR body <> ''
ORDER BY 1
