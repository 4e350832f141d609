-- One row: a publisher's files of one financial year of their periods ('' where no period is known), in all of their publisher's
-- pages or, where :slug is not '', of one publisher; publishers after a place in the order of names.
WITH chosen AS (
  SELECT publisher, name, slug FROM publishers
  WHERE (:slug = '' OR slug = :slug) AND (name > :name OR (name = :name AND slug > :after))
  ORDER BY name, slug LIMIT :limit),
accounts AS (
  SELECT file_no, CAST(sum(physical) AS BIGINT) AS physical, CAST(sum(payments) AS BIGINT) AS payments, CAST(sum(refused) AS BIGINT) AS refused
  FROM sheets GROUP BY file_no),
odd AS (
  SELECT file_no, count(*) AS issues, count(*) FILTER (WHERE kind LIKE 'date%') AS dates
  FROM issues GROUP BY file_no)
SELECT c.name, c.slug,
  COALESCE(CAST(year(f.period_from) - CASE WHEN month(f.period_from) < 4 THEN 1 ELSE 0 END AS BIGINT), 0) AS first_year,
  count(f.file_no), count(*) FILTER (WHERE f.outcome = 'refuse'), count(*) FILTER (WHERE f.superseded_by IS NOT NULL),
  CAST(COALESCE(sum(a.payments) FILTER (WHERE f.current), 0) AS BIGINT), CAST(COALESCE(sum(a.refused) FILTER (WHERE f.current), 0) AS BIGINT),
  CAST(COALESCE(sum(o.issues) FILTER (WHERE f.current), 0) AS BIGINT), CAST(COALESCE(sum(o.dates) FILTER (WHERE f.current), 0) AS BIGINT)
FROM chosen c
LEFT JOIN files f ON f.publisher = c.publisher
LEFT JOIN accounts a ON a.file_no = f.file_no
LEFT JOIN odd o ON o.file_no = f.file_no
GROUP BY c.name, c.slug, first_year
ORDER BY c.name, c.slug, first_year
