-- One row: a file of a body, the latest received first.
SELECT f.file_no, f.file, f.name, f.duty, COALESCE(CAST(f.period_from AS VARCHAR), ''), COALESCE(CAST(f.period_to AS VARCHAR), ''),
  f.outcome, f.current, f.superseded_by IS NOT NULL, COALESCE(s.payments, 0), COALESCE(s.pence, 0), strftime(f.received, '%Y-%m-%d'),
  (SELECT count(*) FROM files g WHERE g.file = f.file) > 1
FROM files f
LEFT JOIN (SELECT file_no, CAST(sum(payments) AS BIGINT) AS payments, CAST(sum(payment_pence) AS BIGINT) AS pence FROM sheets GROUP BY file_no) s
  ON s.file_no = f.file_no
WHERE f.body = :body AND (:before = 0 OR f.file_no < :before)
ORDER BY f.file_no DESC
LIMIT :limit
