-- One row: between which places the payments of a filter lie.
SELECT COALESCE(min(p.rowid), 0), COALESCE(max(p.rowid), -1)
FROM {from}
WHERE {where}
ORDER BY 1
