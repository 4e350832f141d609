-- What the touched files were part of so far, and are about to be part of.

-- One row: rivals of a touched file, as it was or as it is now.
INSERT INTO rivals
SELECT e.publisher, e.duty, e.period_from, e.period_to FROM editions e JOIN touched t ON t.file_no = e.file_no
UNION
SELECT f.publisher, f.duty, f.period_from, f.period_to FROM files f JOIN touched t ON t.file_no = f.file_no
WHERE f.outcome IN ('load', 'empty');

-- One row: an edition among the rivals as it was.
INSERT INTO former
SELECT e.file_no, e.superseded_by
FROM editions e
JOIN rivals r ON r.publisher = e.publisher AND r.duty = e.duty
  AND r.period_from IS NOT DISTINCT FROM e.period_from AND r.period_to IS NOT DISTINCT FROM e.period_to;

-- One row: a slice that a touched file had a part in.
INSERT INTO slices
SELECT DISTINCT e.body, m.financial_year
FROM touched t
JOIN editions e ON e.file_no = t.file_no
JOIN file_months m ON m.file_no = t.file_no;
