-- One row: a file that is marked in unrefreshed: each file, where the number 0 stands for all. The table, not the condition,
-- lets a query over payments read those of these files alone.
CREATE OR REPLACE TEMP TABLE marked AS
SELECT file_no FROM files WHERE file_no IN (FROM unrefreshed) OR EXISTS (SELECT * FROM unrefreshed WHERE file_no = 0)
