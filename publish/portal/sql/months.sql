-- One row: the months of a body, or of all bodies where :body is '', by how they are held. A month counts once for
-- each body and duty.
SELECT
  count(*) FILTER (WHERE status = 'held'), count(*) FILTER (WHERE status = 'nil'), count(*) FILTER (WHERE status = 'missing'),
  CAST(COALESCE(sum(undated), 0) AS BIGINT), CAST(COALESCE(sum(payments) FILTER (WHERE month IS NULL), 0) AS BIGINT),
  COALESCE(CAST(min(month) FILTER (WHERE status IN ('held', 'nil')) AS VARCHAR), ''),
  COALESCE(CAST(max(month) FILTER (WHERE status IN ('held', 'nil')) AS VARCHAR), '')
FROM coverage
WHERE :body = '' OR body = :body
ORDER BY 1
