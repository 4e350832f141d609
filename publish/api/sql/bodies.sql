-- One row: a body with what it published and which of its months are held, after a place in the order of ids.
WITH shown AS (
  SELECT b.*, s.region
  FROM bodies b
  LEFT JOIN search_bodies s ON s.body = b.body
  WHERE {where} AND {after}
  ORDER BY b.body
  LIMIT :limit),
money AS (
  SELECT f.body, CAST(sum(f.payments) AS BIGINT) AS payments, CAST(sum(f.pence) AS BIGINT) AS pence
  FROM figures f JOIN shown s ON s.body = f.body WHERE f.dimension = 'total' AND f.duty <> 'REPORTED' GROUP BY f.body),
months AS (
  SELECT c.body, count(*) FILTER (WHERE c.status IN ('held', 'nil')) AS held, count(*) FILTER (WHERE c.status = 'missing') AS missing
  FROM coverage c JOIN shown s ON s.body = c.body WHERE c.duty <> 'REPORTED' GROUP BY c.body)
SELECT s.body, s.name, s.slug, s.sector, s.kind, NULLIF(s.region, ''), s.publisher, s.licence, s.attribution,
  COALESCE(m.payments, 0), COALESCE(m.pence, 0), COALESCE(c.held, 0), COALESCE(c.missing, 0)
FROM shown s
LEFT JOIN money m ON m.body = s.body
LEFT JOIN months c ON c.body = s.body
ORDER BY s.body
