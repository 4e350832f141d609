-- One row: the address of the file with that number.
SELECT '/files/' || substr(file, 1, 12) || '?file_no=' || CAST(file_no AS VARCHAR)
FROM files
WHERE file_no = :file_no
ORDER BY file_no
