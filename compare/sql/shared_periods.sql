-- One row: another file that claims the same period as a standing file while neither repeats the other (period_shared), or of which
-- it is not decided (period_undecided); or that has the lines of a file under another month, and counts in its stead (period_repeated).
DELETE FROM issues WHERE kind IN ('period_shared', 'period_undecided', 'period_repeated')
  AND (file_no IN (SELECT file_no FROM touched) OR file_no IN (SELECT file_no FROM former)
    OR file_no IN (SELECT file_no FROM claims));

INSERT INTO issues
WITH told AS (
  SELECT e.file_no, o.file_no AS other, 'period_shared' AS kind
  FROM rivals r
  JOIN editions e ON e.publisher = r.publisher AND e.duty = r.duty
  JOIN editions o ON o.publisher = r.publisher AND o.duty = r.duty AND o.period_from = e.period_from AND o.period_to = e.period_to
  WHERE e.superseded_by IS NULL AND o.superseded_by IS NULL AND o.file_no <> e.file_no
  UNION
  SELECT one, other, 'period_undecided' FROM doubts
  UNION
  SELECT other, one, 'period_undecided' FROM doubts
  UNION
  SELECT one, other, 'period_repeated' FROM replacements WHERE repeats),
-- What is in doubt is told as such alone.
settled AS (
  SELECT file_no, other, MAX(kind) AS kind FROM told GROUP BY file_no, other)
SELECT s.file_no, 0, 0, 0, '', s.kind, SUBSTRING(f.name, 1, 50)
FROM settled s
JOIN files f ON f.file_no = s.other
ORDER BY s.file_no, s.other;
