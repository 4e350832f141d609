-- One row: the first and last month that a body's standing files claim under a duty, at the :moment before or after.
INSERT INTO spans
SELECT :moment, e.body, e.duty, MIN(m.month), MAX(m.month)
FROM editions e
JOIN file_months m ON m.file_no = e.file_no
WHERE e.superseded_by IS NULL AND m.claimed
GROUP BY e.body, e.duty
ORDER BY e.body, e.duty
