-- One row: a CPV code that payments were judged to be of, after a place in the order of codes.
WITH spent AS (
  SELECT p.cpv, count(*) AS payments, CAST(sum(p.amount) AS BIGINT) AS pence, count(DISTINCT p.body) AS bodies
  FROM payments p
  WHERE p.cpv <> '' AND p.duty <> 'REPORTED'
  GROUP BY p.cpv)
SELECT c.cpv, c.payments, c.pence, c.bodies
FROM spent c
WHERE {where} AND {after}
ORDER BY c.cpv
LIMIT :limit
