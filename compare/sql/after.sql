-- What is to be made again: slices, beside those that touched files had a part in before, and the transactions of files.

-- One row: a slice that a touched file, or one of which it changed whether it stands, has a part in.
INSERT INTO remade
SELECT file_no FROM touched
UNION
SELECT n.file_no FROM former o JOIN editions n ON n.file_no = o.file_no
WHERE n.superseded_by IS DISTINCT FROM o.superseded_by OR n.undecided <> o.undecided;

INSERT INTO slices
SELECT DISTINCT m.body, m.financial_year
FROM remade r
JOIN file_months m ON m.file_no = r.file_no;

-- One row: a slice with a month that came into, or fell out of, a body's first to last month.
INSERT INTO slices
SELECT DISTINCT body, financial_year
FROM (
  SELECT s.body, s.duty, c.month, c.financial_year
  FROM spans s JOIN calendar c ON c.month BETWEEN s.first_month AND s.last_month
  GROUP BY s.body, s.duty, c.month, c.financial_year
  HAVING COUNT(*) = 1) moved;

CREATE OR REPLACE TEMP TABLE slices AS SELECT DISTINCT body, financial_year FROM slices ORDER BY body, financial_year;
