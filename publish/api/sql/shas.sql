-- One row: a file and its SHA-256.
SELECT f.file_no, f.file
FROM files f
ORDER BY f.file_no
