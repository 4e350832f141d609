-- One row: the payments of a body, duty, date and period that somebody withdrew since the last release, as it held them,
-- or gave to another body, as it held them and as they are now.
CREATE OR REPLACE TEMP TABLE asked_payments AS
WITH once AS (SELECT DISTINCT publisher, file, entity FROM asked),
last AS (
  SELECT p.publisher, p.body, p.duty, p.financial_year, p.date, p.period_from, p.period_to, a.file <> '' AS withdrawn
  FROM read_parquet($last) p
  JOIN once a ON a.publisher = p.publisher AND (a.file = p.file OR a.file = '' AND a.entity = coalesce(p.entity, ''))),
next AS (
  SELECT p.publisher, p.body, p.duty, p.financial_year, p.date, s.period_from, s.period_to, false AS withdrawn
  FROM published_payments p
  JOIN standing s ON s.file_no = p.file_no
  JOIN once a ON a.publisher = p.publisher AND a.file = '' AND a.entity = coalesce(p.entity, ''))
SELECT publisher, body, duty, financial_year, date, period_from, period_to, withdrawn, count(*) AS payments
FROM (SELECT * FROM last UNION ALL SELECT * FROM next)
GROUP BY ALL
ORDER BY ALL
