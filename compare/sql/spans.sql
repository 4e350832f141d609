-- One row: the first and last month that standing files claim for a body under a duty, at the :moment before or after.
INSERT INTO spans
SELECT :moment, m.body, e.duty, MIN(m.month), MAX(m.month)
FROM editions e
JOIN file_months m ON m.file_no = e.file_no
WHERE e.superseded_by IS NULL AND m.claimed
GROUP BY m.body, e.duty
ORDER BY m.body, e.duty
