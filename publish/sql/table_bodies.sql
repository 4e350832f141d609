-- One row: a body that published payments are counted under, with the publisher that describes it.
WITH described AS (
  SELECT body, name, sector, kind, publisher, licence, attribution, 1 AS preference
  FROM publishers WHERE licence <> ''
  UNION ALL
  SELECT m.body, coalesce(r.name, m.body), p.sector, CASE WHEN r.kind IS NULL THEN p.kind ELSE trim(r.tier || ' ' || r.kind) END,
    s.publisher, p.licence, p.attribution, 2
  FROM standing s
  JOIN publishers p ON p.publisher = s.publisher
  JOIN (SELECT DISTINCT file_no, body FROM file_months) m ON m.file_no = s.file_no
  LEFT JOIN (SELECT body, min(name) AS name, min(kind) AS kind, min(tier) AS tier FROM register GROUP BY body) r ON r.body = m.body),
chosen AS (
  SELECT *, trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', '-', 'g'), '-') AS base
  FROM (SELECT *, row_number() OVER (PARTITION BY body ORDER BY preference, publisher) AS place FROM described)
  WHERE place = 1)
SELECT body, name, sector, kind, publisher, licence, attribution,
  CASE WHEN base = '' OR count(*) OVER (PARTITION BY base) > 1
    THEN trim(base || '-' || substr(sha256(body), 1, 6), '-') ELSE base END AS slug
FROM chosen
ORDER BY body
