-- One row: a kind of body, '(all)' for all: how many payments and absolute pence are judged.
WITH judged AS (
  SELECT COALESCE(NULLIF(r.kind, ''), 'not in the register') AS kind, ABS(p.amount) AS pence,
    r.body IS NOT NULL AS bodied, COALESCE(l.scope, 'unknown') <> 'unknown' AS scoped,
    p.payee_class = 'organisation' AS organisation, COALESCE(y.supplier, '') <> '' AS supplied,
    COALESCE(l.scope, '') = 'procurement' AS bought, COALESCE(l.category, '') <> '' AS sorted
  FROM placed p
  JOIN editions e ON e.file_no = p.file_no AND e.superseded_by IS NULL
  LEFT JOIN (SELECT body, MIN(kind) AS kind FROM register GROUP BY body) r ON r.body = p.body
  LEFT JOIN lines l ON l.line_hash = p.line_hash
  LEFT JOIN payees y ON y.payee_hash = p.payee_hash)
SELECT COALESCE(kind, '(all)'),
  COUNT(*), CAST(SUM(pence) AS BIGINT),
  COUNT(*) FILTER (WHERE bodied), CAST(COALESCE(SUM(pence) FILTER (WHERE bodied), 0) AS BIGINT),
  COUNT(*) FILTER (WHERE scoped), CAST(COALESCE(SUM(pence) FILTER (WHERE scoped), 0) AS BIGINT),
  COUNT(*) FILTER (WHERE organisation), CAST(COALESCE(SUM(pence) FILTER (WHERE organisation), 0) AS BIGINT),
  COUNT(*) FILTER (WHERE organisation AND supplied), CAST(COALESCE(SUM(pence) FILTER (WHERE organisation AND supplied), 0) AS BIGINT),
  COUNT(*) FILTER (WHERE bought), CAST(COALESCE(SUM(pence) FILTER (WHERE bought), 0) AS BIGINT),
  COUNT(*) FILTER (WHERE bought AND sorted), CAST(COALESCE(SUM(pence) FILTER (WHERE bought AND sorted), 0) AS BIGINT)
FROM judged
GROUP BY ROLLUP (kind)
ORDER BY SUM(pence) DESC, kind NULLS FIRST;
