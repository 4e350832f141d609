-- One row: the first payment with a text that is not judged yet.
CREATE OR REPLACE TEMP TABLE unjudged AS
SELECT min(rowid) AS first
FROM payments
WHERE (file_no IN (SELECT file_no FROM unrefreshed) OR EXISTS (SELECT * FROM unrefreshed WHERE file_no = 0))
  AND line_hash NOT IN (SELECT line_hash FROM lines)
GROUP BY line_hash
