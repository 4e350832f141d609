-- One row: one of the hundred payee strings with most absolute pounds, private payees aside but for those with the name of a
-- public body, and the scopes and divisions that make up its pounds, those of at least a hundredth.
WITH paid AS (
  SELECT p.payee, ABS(p.amount) AS pence, COALESCE(y.supplier, '') AS supplier, COALESCE(l.scope, 'unknown') AS scope,
    SUBSTRING(COALESCE(l.category, ''), 1, 2) AS division
  FROM placed p
  JOIN editions e ON e.file_no = p.file_no AND e.superseded_by IS NULL
  LEFT JOIN payees y ON y.payee_hash = p.payee_hash
  LEFT JOIN lines l ON l.line_hash = p.line_hash
  LEFT JOIN (SELECT DISTINCT supplier FROM suppliers WHERE kind = 'public body') s ON s.supplier = y.supplier
  WHERE p.payee <> '' AND (p.payee_class = 'organisation' OR s.supplier IS NOT NULL)),
largest AS (
  SELECT payee, SUM(pence) AS pence, MAX(supplier) AS supplier
  FROM paid
  GROUP BY payee
  ORDER BY pence DESC, payee
  LIMIT 100),
scoped AS (
  SELECT a.payee, a.scope, a.division, SUM(a.pence) AS pence
  FROM paid a JOIN largest b ON b.payee = a.payee
  GROUP BY a.payee, a.scope, a.division),
told AS (
  SELECT c.payee, STRING_AGG(TRIM(c.scope || ' ' || c.division) || ' ' || CAST(CAST(ROUND(c.pence / CAST(100000000 AS DECIMAL(18, 0))) AS BIGINT) AS VARCHAR), ', '
    ORDER BY c.pence DESC, c.scope, c.division) AS scopes
  FROM scoped c JOIN largest b ON b.payee = c.payee
  WHERE c.pence * 100 >= b.pence
  GROUP BY c.payee)
SELECT b.payee, CAST(b.pence / CAST(100000000 AS DECIMAL(18, 0)) AS BIGINT), COALESCE(s.name, ''), COALESCE(s.kind, ''), t.scopes
FROM largest b
JOIN told t ON t.payee = b.payee
LEFT JOIN suppliers s ON s.supplier = b.supplier
ORDER BY b.pence DESC, b.payee;
