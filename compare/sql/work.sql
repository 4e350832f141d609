-- The tables one refresh works in; they vanish with the connection.

-- One row: a file that was loaded, changed or withdrawn.
CREATE OR REPLACE TEMP TABLE touched (file_no INTEGER NOT NULL);

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
