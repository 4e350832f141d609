-- One row: a publisher and its downloads, first of all one for the downloads of no single publisher; after a place in
-- that order, or only that with a slug.
-- Figures are of a body: they stand with the publisher that describes the body.
WITH owned AS (
  SELECT d.*, CASE WHEN d.dataset = 'figures' THEN COALESCE(b.publisher, '') ELSE d.publisher END AS owner
  FROM downloads d
  LEFT JOIN bodies b ON b.body = d.publisher)
SELECT d.owner, COALESCE(p.name, 'The whole release'), COALESCE(p.slug, :release), COALESCE(p.licence, ''), COALESCE(p.attribution, ''),
  count(*), CAST(COALESCE(sum(d.rows) FILTER (WHERE d.dataset = 'payments'), 0) AS BIGINT), CAST(sum(d.bytes) AS BIGINT)
FROM owned d
LEFT JOIN publishers p ON p.publisher = d.owner
WHERE (:slug = '' OR COALESCE(p.slug, :release) = :slug)
  AND (:all OR (d.owner <> '' AND (p.name > :name OR (p.name = :name AND d.owner > :publisher))) OR (:publisher = '' AND d.owner <> ''))
GROUP BY d.owner, p.name, p.slug, p.licence, p.attribution
ORDER BY CASE d.owner WHEN '' THEN 0 ELSE 1 END, p.name, d.owner
LIMIT :limit
