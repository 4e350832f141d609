-- One row: the first payment with a text that is not judged yet.
CREATE OR REPLACE TEMP TABLE unjudged AS
SELECT min(rowid) AS first
FROM payments
WHERE file_no IN (FROM marked)
  AND line_hash NOT IN (SELECT line_hash FROM lines)
GROUP BY line_hash
