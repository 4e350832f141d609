-- The tables one refresh works in; they vanish with the connection.

-- One row: a file that was loaded, changed or withdrawn.
CREATE OR REPLACE TEMP TABLE touched (file_no INTEGER NOT NULL);

-- One row: the files of a publisher and duty that claim one same period: only they can replace one another.
CREATE OR REPLACE TEMP TABLE rivals (publisher VARCHAR NOT NULL, duty VARCHAR NOT NULL, period_from DATE, period_to DATE);

-- One row: an edition among the rivals as it was before this refresh.
CREATE OR REPLACE TEMP TABLE former (file_no INTEGER NOT NULL, superseded_by INTEGER);

-- One row: the first and last month that a body's standing files claim under a duty, before this refresh and after.
CREATE OR REPLACE TEMP TABLE spans (
  moment VARCHAR NOT NULL, body VARCHAR NOT NULL, duty VARCHAR NOT NULL, first_month DATE NOT NULL, last_month DATE NOT NULL);

-- One row: a slice (body x financial year) that is to be made again.
CREATE OR REPLACE TEMP TABLE slices (body VARCHAR NOT NULL, financial_year VARCHAR NOT NULL);
