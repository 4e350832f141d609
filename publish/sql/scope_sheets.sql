-- One row: a sheet of a file as it may be published: one whose name names a person goes by its number.
CREATE OR REPLACE TEMP VIEW published_sheets AS
SELECT * REPLACE (
  CASE WHEN member IN (FROM titled) THEN 'Withheld' ELSE member END AS member,
  CASE WHEN sheet IN (FROM titled) THEN 'Withheld ' || sheet_no ELSE sheet END AS sheet)
FROM sheets
