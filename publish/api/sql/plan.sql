-- One row: a block of 2,048 places, and how many payments of a filter lie in it.
SELECT p.rowid // 2048, count(*)
FROM {from}
WHERE {where}
GROUP BY p.rowid // 2048
ORDER BY p.rowid // 2048
