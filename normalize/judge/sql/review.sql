-- One row: a payee and ledger word whose judgement, or a payee whose supplier, or an entity whose body, is in doubt; the most
-- pounds at stake first. at_stake: the pounds either way, times the doubt. Private people and what a person has judged stand apart.
WITH paid AS (
  SELECT f.publisher, p.payee, p.payee_hash, p.line_hash, coalesce(p.expense_type, '') AS expense_type, coalesce(p.entity, '') AS entity,
    count(*) AS payments, CAST(sum(abs(p.amount)) AS BIGINT) AS pence
  FROM payments p
  JOIN files f ON f.file_no = p.file_no
  JOIN editions e ON e.file_no = p.file_no AND e.superseded_by IS NULL
  WHERE p.payee_class IN ('organisation', 'missing')
  GROUP BY ALL),
lines_in_doubt AS (
  SELECT 'line' AS what, '' AS publisher, a.payee, a.expense_type AS about, max(l.scope) AS judged,
    CASE WHEN max(l.category) = '' THEN max(l.likely) ELSE max(l.category) END AS likely,
    CAST(sum(a.payments) AS BIGINT) AS payments, CAST(sum(a.pence) AS BIGINT) AS pence,
    CAST(sum(a.pence * (1 - l.confidence)) AS BIGINT) AS at_stake, max(l.reason) AS reason
  FROM paid a
  JOIN lines l ON l.line_hash = a.line_hash
  WHERE l.method <> 'override'
  GROUP BY a.payee, a.expense_type),
payees_in_doubt AS (
  SELECT 'payee', '', a.payee, y.postcode, '', coalesce(max(s.name), ''), CAST(sum(a.payments) AS BIGINT), CAST(sum(a.pence) AS BIGINT),
    CAST(sum(a.pence * (1 - y.confidence)) AS BIGINT), max(y.reason)
  FROM paid a
  JOIN payees y ON y.payee_hash = a.payee_hash
  LEFT JOIN suppliers s ON s.supplier = y.supplier
  WHERE y.method <> 'override' AND y.supplier <> ''
  GROUP BY a.payee, y.postcode),
entities_in_doubt AS (
  SELECT 'entity', a.publisher, '', a.entity, '', '', CAST(sum(a.payments) AS BIGINT), CAST(sum(a.pence) AS BIGINT),
    CAST(sum(a.pence * (1 - d.confidence)) AS BIGINT), max(d.reason)
  FROM paid a
  JOIN (SELECT publisher, entity, min(confidence) AS confidence, max(reason) AS reason FROM entities
    WHERE method <> 'override' GROUP BY publisher, entity) d ON d.publisher = a.publisher AND d.entity = a.entity
  GROUP BY a.publisher, a.entity)
SELECT what, publisher, payee, about, judged, likely, payments, pence, at_stake, reason
FROM (FROM lines_in_doubt UNION ALL FROM payees_in_doubt UNION ALL FROM entities_in_doubt)
WHERE at_stake > 0 AND (:what = '' OR what = :what)
ORDER BY at_stake DESC, what, publisher, payee, about
LIMIT :most
