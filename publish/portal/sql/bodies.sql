-- One row: a body with what it published and which of its months are held, in the order of names, after a place in it.
WITH shown AS (
  SELECT body, name, slug, sector, kind FROM bodies
  WHERE (:any_sector OR sector = :sector) AND (:any_kind OR kind = :kind) AND (name > :name OR (name = :name AND slug > :slug))
  ORDER BY name, slug
  LIMIT :limit),
money AS (
  SELECT f.body, CAST(sum(f.payments) AS BIGINT) AS payments, CAST(sum(f.pence) AS BIGINT) AS pence
  FROM figures f JOIN shown s ON s.body = f.body WHERE f.dimension = 'total' AND f.duty <> 'REPORTED' GROUP BY f.body),
months AS (
  SELECT c.body, count(*) FILTER (WHERE status IN ('held', 'nil')) AS held, count(*) FILTER (WHERE status = 'missing') AS missing,
    min(month) FILTER (WHERE status IN ('held', 'nil')) AS first, max(month) FILTER (WHERE status IN ('held', 'nil')) AS last
  FROM coverage c JOIN shown s ON s.body = c.body WHERE c.duty <> 'REPORTED' GROUP BY c.body)
SELECT s.body, s.name, s.slug, s.sector, s.kind, COALESCE(m.payments, 0), COALESCE(m.pence, 0),
  COALESCE(c.held, 0), COALESCE(c.missing, 0), COALESCE(CAST(c.first AS VARCHAR), ''), COALESCE(CAST(c.last AS VARCHAR), '')
FROM shown s
LEFT JOIN money m ON m.body = s.body
LEFT JOIN months c ON c.body = s.body
ORDER BY s.name, s.slug
