-- One row: a payee and ledger word whose judgement, or a payee whose supplier, or an entity whose body, is in doubt; the most
-- pounds at stake first. at_stake: the pounds either way, times the doubt; of an entity by the body it is held to be in each
-- month. Private people and what a person has judged stand apart.
WITH paid AS (
  SELECT f.publisher, p.payee, p.payee_hash, p.line_hash, coalesce(p.expense_type, '') AS expense_type, coalesce(p.entity, '') AS entity,
    CAST(date_trunc('month', coalesce(p.date, f.period_from)) AS DATE) AS month, count(*) AS payments, CAST(sum(abs(p.amount)) AS BIGINT) AS pence
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
months AS (
  SELECT publisher, entity, month, sum(payments) AS payments, sum(pence) AS pence FROM paid GROUP BY publisher, entity, month),
entities_held AS (
  SELECT m.publisher, m.entity, m.payments, m.pence, d.body, d.confidence, d.method, d.reason,
    row_number() OVER (PARTITION BY m.publisher, m.entity, m.month ORDER BY d.valid_from DESC NULLS LAST, d.confidence DESC, d.body) AS place
  FROM months m
  JOIN entities d ON d.publisher = m.publisher AND d.entity = m.entity
    AND (d.valid_from IS NULL OR m.month IS NULL OR d.valid_from <= m.month)
    AND (d.valid_to IS NULL OR m.month IS NULL OR d.valid_to >= m.month)),
entities_in_doubt AS (
  SELECT 'entity', h.publisher, '', h.entity, '', coalesce(arg_max(b.name, h.pence), ''), CAST(sum(h.payments) AS BIGINT), CAST(sum(h.pence) AS BIGINT),
    CAST(sum(h.pence * (1 - h.confidence)) AS BIGINT), arg_max(h.reason, h.pence * (1 - h.confidence))
  FROM entities_held h
  LEFT JOIN register b ON b.body = h.body
  WHERE h.place = 1 AND h.method <> 'override'
  GROUP BY h.publisher, h.entity)
SELECT what, publisher, payee, about, judged, likely, payments, pence, at_stake, reason
FROM (FROM lines_in_doubt UNION ALL FROM payees_in_doubt UNION ALL FROM entities_in_doubt)
WHERE at_stake > 0 AND (:what = '' OR what = :what)
ORDER BY at_stake DESC, what, publisher, payee, about
LIMIT :most
