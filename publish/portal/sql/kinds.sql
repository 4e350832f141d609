-- One row: a kind of body, with its bodies, what they published and which of their months are held.
WITH money AS (
  SELECT body, CAST(sum(payments) AS BIGINT) AS payments, CAST(sum(pence) AS BIGINT) AS pence
  FROM figures WHERE dimension = 'total' AND duty <> 'REPORTED' GROUP BY body),
months AS (
  SELECT body, count(*) FILTER (WHERE status IN ('held', 'nil')) AS held, count(*) FILTER (WHERE status = 'missing') AS missing
  FROM coverage WHERE duty <> 'REPORTED' GROUP BY body)
SELECT b.sector, b.kind, count(*), CAST(COALESCE(sum(m.payments), 0) AS BIGINT), CAST(COALESCE(sum(m.pence), 0) AS BIGINT),
  CAST(COALESCE(sum(c.held), 0) AS BIGINT), CAST(COALESCE(sum(c.missing), 0) AS BIGINT)
FROM bodies b
LEFT JOIN money m ON m.body = b.body
LEFT JOIN months c ON c.body = b.body
GROUP BY b.sector, b.kind
ORDER BY CASE b.sector WHEN 'local' THEN 1 WHEN 'central' THEN 2 WHEN 'nhs' THEN 3 ELSE 4 END, b.kind, b.sector
