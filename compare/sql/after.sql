-- The slices that are to be made again, beside those that touched files had a part in before.

-- One row: a slice that a touched file, or one that now stands or no longer does, has a part in.
INSERT INTO slices
SELECT DISTINCT e.body, m.financial_year
FROM editions e
JOIN file_months m ON m.file_no = e.file_no
WHERE e.file_no IN (SELECT file_no FROM touched)
  OR e.file_no IN (SELECT n.file_no FROM former o JOIN editions n ON n.file_no = o.file_no
    WHERE n.superseded_by IS DISTINCT FROM o.superseded_by);

-- One row: a slice with a month that came into, or fell out of, a body's first to last month.
INSERT INTO slices
SELECT DISTINCT body, financial_year
FROM (
  SELECT s.body, s.duty, c.month, c.financial_year
  FROM spans s JOIN calendar c ON c.month BETWEEN s.first_month AND s.last_month
  GROUP BY s.body, s.duty, c.month, c.financial_year
  HAVING COUNT(*) = 1) moved;

CREATE OR REPLACE TEMP TABLE slices AS SELECT DISTINCT body, financial_year FROM slices ORDER BY body, financial_year;
