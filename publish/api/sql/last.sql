-- One row: the place of the last payment.
SELECT COALESCE(max(p.rowid), -1)
FROM payments p
ORDER BY 1
