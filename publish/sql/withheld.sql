-- One row: a publisher left out because no licence to republish is on record, and how many standing files that leaves out.
SELECT coalesce(p.publisher, e.publisher) AS publisher, count(e.file_no) AS files
FROM publishers p
FULL JOIN (SELECT publisher, file_no FROM editions WHERE superseded_by IS NULL) e ON e.publisher = p.publisher
WHERE coalesce(p.licence, '') = ''
GROUP BY coalesce(p.publisher, e.publisher)
ORDER BY publisher
