-- One row: a receipt of a file, by the file's hash.
SELECT file, file_no FROM files ORDER BY file, file_no
