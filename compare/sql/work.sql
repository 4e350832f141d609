-- The tables one refresh works in; they vanish with the connection.

-- One row: a file that was loaded, changed or withdrawn.
CREATE OR REPLACE TEMP TABLE touched (file_no INTEGER NOT NULL);

-- One row: a month of a body that a replaced file claims and the file in its stead answers for: half of the replaced file's lines or
-- more are dated in the months that it claims, and it and the other hold payments of this one.
CREATE OR REPLACE TEMP VIEW answered AS
WITH fitting AS (
  SELECT file_no
  FROM file_months
  GROUP BY file_no
  HAVING 2 * SUM(CASE WHEN claimed THEN payments - undated ELSE 0 END) >= SUM(payments))
SELECT m.file_no, m.body, m.duty, m.month
FROM editions e
JOIN fitting g ON g.file_no = e.file_no
JOIN editions s ON s.file_no = e.superseded_by AND s.superseded_by IS NULL
JOIN file_months m ON m.file_no = e.file_no AND m.claimed AND m.payments > 0
JOIN file_months o ON o.file_no = s.file_no AND o.body = m.body AND o.duty = m.duty AND o.month = m.month
WHERE o.payments > 0 AND NOT o.claimed;

-- One row: a publisher and duty: only files of the same can replace one another.
CREATE OR REPLACE TEMP TABLE rivals (publisher VARCHAR NOT NULL, duty VARCHAR NOT NULL);

-- One row: an edition among the rivals as it was before this refresh.
CREATE OR REPLACE TEMP TABLE former (file_no INTEGER NOT NULL, superseded_by INTEGER, undecided BOOLEAN NOT NULL);

-- One row: the first and last month that a body's standing files claim under a duty, before this refresh and after.
CREATE OR REPLACE TEMP TABLE spans (
  moment VARCHAR NOT NULL, body VARCHAR NOT NULL, duty VARCHAR NOT NULL, first_month DATE NOT NULL, last_month DATE NOT NULL);

-- One row: a slice (body x financial year) that is to be made again.
CREATE OR REPLACE TEMP TABLE slices (body VARCHAR NOT NULL, financial_year VARCHAR NOT NULL);

-- One row: a file of which transactions are to be made again.
CREATE OR REPLACE TEMP TABLE remade (file_no INTEGER NOT NULL);

-- One row: a duty, its place in the list of duties, and the threshold in pence that it sets for a transaction, 0 for none.
CREATE OR REPLACE TEMP TABLE duties (duty VARCHAR NOT NULL, place INTEGER NOT NULL, floor_pence BIGINT NOT NULL);
