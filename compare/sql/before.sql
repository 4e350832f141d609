-- What the touched files were part of so far, and are about to be part of.

-- One row: a publisher and duty that a touched file has, or had, a part in.
INSERT INTO rivals
SELECT e.publisher, e.duty FROM editions e JOIN touched t ON t.file_no = e.file_no
UNION
SELECT f.publisher, f.duty FROM files f JOIN touched t ON t.file_no = f.file_no
WHERE f.outcome IN ('load', 'empty');

-- One row: an edition among the rivals as it was.
INSERT INTO former
SELECT e.file_no, e.superseded_by, e.undecided
FROM editions e
JOIN rivals r ON r.publisher = e.publisher AND r.duty = e.duty;

-- One row: a slice that a touched file had a part in.
INSERT INTO slices
SELECT DISTINCT m.body, m.financial_year
FROM touched t
JOIN file_months m ON m.file_no = t.file_no;
