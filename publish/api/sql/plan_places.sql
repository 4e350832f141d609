-- One row: a block of 2,048 places, how many payments of a filter lie in it, and at which of its places, a bit for each.
SELECT p.rowid // 2048, count(*), CAST(bitstring_agg(CAST(p.rowid % 2048 AS INTEGER), 0, 2047) AS BLOB)
FROM {from}
WHERE {where}
GROUP BY p.rowid // 2048
ORDER BY p.rowid // 2048
