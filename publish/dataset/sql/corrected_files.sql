-- One row: a file that counted in the last release and does not in the next, with what is more by that, in pence.
WITH paid AS (
  SELECT file_no, CAST(sum(payment_pence) AS BIGINT) AS pence FROM read_parquet(:last_accounts) GROUP BY file_no),
paid_now AS (
  SELECT file_no, CAST(sum(payment_pence) AS BIGINT) AS pence FROM read_parquet(:next_accounts) GROUP BY file_no)
SELECT CASE WHEN n.outcome = 'withdrawn' THEN 'withdrawn' ELSE 'replaced' END AS kind, n.publisher, n.file, n.name, COALESCE(b.name, 'a later file'), n.reason,
  CAST(CASE WHEN n.outcome = 'withdrawn' THEN 0 ELSE COALESCE(s.pence, 0) END - COALESCE(p.pence, 0) AS BIGINT) AS pence
FROM read_parquet(:last) l
JOIN read_parquet(:next) n ON n.file_no = l.file_no
LEFT JOIN read_parquet(:next) b ON b.file_no = n.superseded_by
LEFT JOIN paid p ON p.file_no = l.file_no
LEFT JOIN paid_now s ON s.file_no = n.superseded_by
WHERE l.current AND NOT n.current AND (n.outcome = 'withdrawn' OR n.superseded_by IS NOT NULL)
ORDER BY n.publisher, n.name, n.file_no
