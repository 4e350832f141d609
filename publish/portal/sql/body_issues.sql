-- One row: a kind of issue in a body's current files, and how often it occurs.
SELECT i.kind, count(*)
FROM issues i
JOIN files f ON f.file_no = i.file_no
WHERE f.body = :body AND f.current
GROUP BY i.kind
ORDER BY count(*) DESC, i.kind
