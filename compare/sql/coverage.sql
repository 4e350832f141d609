-- One row: a calendar month of a body under a duty, and how well it is held.
DELETE FROM coverage c
WHERE EXISTS (SELECT 1 FROM slices s WHERE s.body = c.body AND s.financial_year = c.financial_year);

INSERT INTO coverage
WITH parts AS (
  SELECT e.body, e.duty, e.outcome, e.superseded_by IS NULL AS stands, m.*
  FROM slices s
  JOIN editions e ON e.body = s.body
  JOIN file_months m ON m.file_no = e.file_no AND m.financial_year = s.financial_year),
ranges AS (SELECT body, duty, first_month, last_month FROM spans WHERE moment = 'after'),
wanted AS (
  SELECT r.body, c.financial_year, c.month, r.duty, 1 AS inside
  FROM ranges r
  JOIN calendar c ON c.month BETWEEN r.first_month AND r.last_month
  JOIN slices s ON s.body = r.body AND s.financial_year = c.financial_year
  UNION ALL
  SELECT body, financial_year, month, duty, 0 FROM parts WHERE stands AND payments > 0),
rows_wanted AS (
  SELECT body, financial_year, month, duty, MAX(inside) AS inside FROM wanted GROUP BY body, financial_year, month, duty),
sums AS (
  SELECT body, month, duty,
    COUNT(*) FILTER (WHERE stands AND claimed) AS files,
    COUNT(*) FILTER (WHERE stands AND claimed AND outcome = 'load') AS loaded,
    COUNT(*) FILTER (WHERE NOT stands AND claimed) AS superseded,
    SUM(payments) FILTER (WHERE stands) AS payments, SUM(pence) FILTER (WHERE stands) AS pence,
    SUM(undated) FILTER (WHERE stands) AS undated,
    SUM(net) FILTER (WHERE stands) AS net, SUM(gross) FILTER (WHERE stands) AS gross
  FROM parts
  GROUP BY body, month, duty)
SELECT w.body, w.financial_year, w.month, w.duty,
  CASE WHEN s.loaded > 0 THEN 'held' WHEN s.files > 0 THEN 'nil' WHEN w.inside = 1 THEN 'missing' ELSE 'stray' END,
  COALESCE(s.files, 0), COALESCE(s.superseded, 0),
  CAST(COALESCE(s.payments, 0) AS BIGINT), CAST(COALESCE(s.pence, 0) AS BIGINT), CAST(COALESCE(s.undated, 0) AS BIGINT),
  CASE
    WHEN COALESCE(s.net + s.gross, 0) = 0 THEN 'unknown'
    WHEN s.net = s.payments THEN 'net'
    WHEN s.gross = s.payments THEN 'gross'
    ELSE 'mixed' END
FROM rows_wanted w
LEFT JOIN sums s ON s.body = w.body AND s.duty = w.duty AND s.month IS NOT DISTINCT FROM w.month
ORDER BY w.body, w.financial_year, w.month, w.duty;
