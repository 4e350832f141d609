-- One row: a month of a body that a touched file claims, or that payments of it count under. A file claims months for the bodies
-- that it holds payments of: for its publisher's all of them, for another those in which an entity of the publisher was that body.
-- The duty is the file's, or REPORTED for a body that the publisher does not answer for (see placed).
DELETE FROM file_months WHERE file_no IN (SELECT file_no FROM touched);

INSERT INTO file_months
WITH counts AS (
  SELECT p.file_no, p.body, p.duty, p.financial_year, p.month, 0 AS claimed,
    COUNT(*) AS payments, SUM(p.amount) AS pence,
    COUNT(*) FILTER (WHERE NOT p.dated) AS undated,
    COUNT(*) FILTER (WHERE p.vat_basis = 'net') AS net,
    COUNT(*) FILTER (WHERE p.vat_basis = 'gross') AS gross,
    MIN(CASE WHEN p.dated THEN p.date END) AS first_day, MAX(CASE WHEN p.dated THEN p.date END) AS last_day
  FROM placed p
  WHERE p.file_no IN (SELECT t.file_no FROM touched t JOIN files f ON f.file_no = t.file_no WHERE f.outcome = 'load')
  GROUP BY p.file_no, p.body, p.duty, p.financial_year, p.month),
found AS (SELECT DISTINCT file_no, body, duty FROM counts),
claims AS (
  SELECT f.file_no, COALESCE(b.body, o.body, 'XC-PUBLISHER-' || f.publisher) AS body,
    COALESCE(b.duty, f.duty) AS duty, c.financial_year, c.month, 1 AS claimed,
    0 AS payments, CAST(0 AS BIGINT) AS pence, 0 AS undated, 0 AS net, 0 AS gross,
    CAST(NULL AS DATE) AS first_day, CAST(NULL AS DATE) AS last_day
  FROM files f
  JOIN touched t ON t.file_no = f.file_no
  JOIN calendar c ON c.month >= DATE_TRUNC('month', f.period_from) AND c.month <= f.period_to
  LEFT JOIN publishers o ON o.publisher = f.publisher
  LEFT JOIN found b ON b.file_no = f.file_no
  WHERE f.outcome IN ('load', 'empty')
    AND (b.body IS NULL OR b.body = COALESCE(o.body, 'XC-PUBLISHER-' || f.publisher) AND b.duty = f.duty OR EXISTS (
      SELECT 1 FROM entity_spans e WHERE e.publisher = f.publisher AND e.body = b.body AND CASE WHEN e.reported THEN 'REPORTED' ELSE f.duty END = b.duty
        AND (e.valid_from IS NULL OR e.valid_from <= c.month) AND (e.valid_to IS NULL OR e.valid_to >= c.month)
        AND (e.next_from IS NULL OR e.next_from > c.month)))),
both_kinds AS (SELECT * FROM claims UNION ALL SELECT * FROM counts)
SELECT file_no, body, duty, financial_year, month, MAX(claimed) = 1,
  CAST(SUM(payments) AS BIGINT), CAST(SUM(pence) AS BIGINT), CAST(SUM(undated) AS BIGINT),
  CAST(SUM(net) AS BIGINT), CAST(SUM(gross) AS BIGINT), MIN(first_day), MAX(last_day)
FROM both_kinds
GROUP BY file_no, body, duty, financial_year, month
ORDER BY file_no, body, duty, month;
