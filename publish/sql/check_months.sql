-- One row: a body and duty that lost months which the last release held, how many, and the first and last of them.
-- Months that were asked to change are left aside.
SELECT coalesce(b.name, l.body) AS name, l.duty, count(*) AS months,
  strftime(min(l.month), '%Y-%m') AS first, strftime(max(l.month), '%Y-%m') AS last
FROM read_parquet(:last) l
LEFT JOIN read_parquet(:next) n ON n.body = l.body AND n.month = l.month AND n.duty = l.duty AND n.status IN ('held', 'nil')
LEFT JOIN asked_months a ON a.body = l.body AND a.month = l.month AND a.duty = l.duty
LEFT JOIN (SELECT body, min(name) AS name FROM publishers GROUP BY body) b ON b.body = l.body
WHERE l.status IN ('held', 'nil') AND l.month IS NOT NULL AND n.body IS NULL AND a.body IS NULL
GROUP BY l.body, b.name, l.duty
ORDER BY l.body, l.duty
