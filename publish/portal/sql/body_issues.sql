-- One row: a kind of issue in a body's current files, and how often it occurs.
SELECT f.body, i.kind, count(*)
FROM issues i
JOIN files f ON f.file_no = i.file_no
WHERE f.current AND f.body <> ''
GROUP BY f.body, i.kind
ORDER BY f.body, count(*) DESC, i.kind
