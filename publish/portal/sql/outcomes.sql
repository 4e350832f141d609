-- One row: the files of a body, or of all bodies, whose body is '', by what became of them: each is counted once.
SELECT CASE WHEN GROUPING(f.body) = 1 THEN '' ELSE f.body END, count(*),
  count(*) FILTER (WHERE f.current AND f.outcome = 'load'), count(*) FILTER (WHERE f.superseded_by IS NOT NULL),
  count(*) FILTER (WHERE f.outcome = 'empty' AND f.superseded_by IS NULL), count(*) FILTER (WHERE f.outcome = 'refuse'),
  CAST(COALESCE(sum(s.refused) FILTER (WHERE f.current), 0) AS BIGINT)
FROM files f
LEFT JOIN (SELECT file_no, sum(refused) AS refused FROM sheets GROUP BY file_no) s ON s.file_no = f.file_no
GROUP BY GROUPING SETS ((), (f.body))
HAVING GROUPING(f.body) = 1 OR f.body <> ''
ORDER BY 1
