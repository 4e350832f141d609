-- One row: two suppliers of published payments that are related and not the same.
WITH paid AS (
  SELECT DISTINCT t.supplier
  FROM transactions t
  JOIN standing s ON s.file_no = t.file_no
  JOIN suppliers u ON u.supplier = t.supplier AND u.kind NOT IN ('person', 'redacted'))
SELECT l.a, l.b, l.reason
FROM supplier_links l
JOIN paid x ON x.supplier = l.a
JOIN paid y ON y.supplier = l.b
ORDER BY l.a, l.b, l.reason
