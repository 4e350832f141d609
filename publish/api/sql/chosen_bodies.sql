-- One row: a body that the words for bodies come to.
SELECT p.body
FROM {from}
WHERE {where}
ORDER BY p.body
