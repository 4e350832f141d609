-- One row: the hash of bytes that were received more than once.
SELECT file FROM files GROUP BY file HAVING count(*) > 1 ORDER BY file
