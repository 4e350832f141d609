-- One row: how many payments the standing files made again hold, and how many stand in their transactions, where the two differ.
WITH held AS (
  SELECT SUM(m.payments) AS payments, SUM(m.pence) AS pence
  FROM (SELECT DISTINCT file_no FROM remade) r
  JOIN editions e ON e.file_no = r.file_no AND e.superseded_by IS NULL
  JOIN file_months m ON m.file_no = r.file_no),
formed AS (
  SELECT SUM(t.payments) AS payments, SUM(t.pence) AS pence
  FROM transactions t
  WHERE t.file_no IN (SELECT file_no FROM remade))
SELECT COALESCE(h.payments, 0), COALESCE(f.payments, 0)
FROM held h
CROSS JOIN formed f
WHERE COALESCE(h.payments, 0) <> COALESCE(f.payments, 0) OR COALESCE(h.pence, 0) <> COALESCE(f.pence, 0)
ORDER BY 1
