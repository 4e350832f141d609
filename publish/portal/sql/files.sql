-- One row: a file of a body, the latest received first.
WITH shown AS (
  SELECT * FROM files WHERE body = :body AND (:before = 0 OR file_no < :before) ORDER BY file_no DESC LIMIT :limit)
SELECT f.file_no, f.file, f.name, f.duty, COALESCE(CAST(f.period_from AS VARCHAR), ''), COALESCE(CAST(f.period_to AS VARCHAR), ''),
  f.outcome, f.current, f.superseded_by IS NOT NULL, COALESCE(s.payments, 0), COALESCE(s.pence, 0), strftime(f.received, '%Y-%m-%d')
FROM shown f
LEFT JOIN (
  SELECT file_no, CAST(sum(payments) AS BIGINT) AS payments, CAST(sum(payment_pence) AS BIGINT) AS pence
  FROM sheets WHERE file_no IN (SELECT file_no FROM shown) GROUP BY file_no) s ON s.file_no = f.file_no
ORDER BY f.file_no DESC
