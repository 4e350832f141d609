-- One row: the path of a page of a body, a publisher or a file whose payments count.
SELECT '/bodies/' || slug AS path FROM bodies
UNION ALL SELECT '/bodies/' || slug || '/files' FROM bodies
UNION ALL SELECT '/bodies/' || slug || '/payments' FROM bodies
UNION ALL SELECT '/quality/' || slug FROM publishers
UNION ALL SELECT DISTINCT '/datasets/' || p.slug FROM downloads d JOIN publishers p ON p.publisher = d.publisher WHERE d.dataset = 'payments'
UNION ALL SELECT DISTINCT '/files/' || substr(file, 1, 12) FROM files WHERE current
ORDER BY path
