-- One row: a file that another replaced, the latest of them first.
SELECT file_no, file FROM files WHERE superseded_by = :file_no ORDER BY file_no DESC
