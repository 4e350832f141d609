-- One row: the first and last month that standing files claim, or answer for, of a body under a duty, at the :moment before or after.
INSERT INTO spans
SELECT :moment, m.body, m.duty, MIN(m.month), MAX(m.month)
FROM editions e
JOIN file_months m ON m.file_no = e.file_no
LEFT JOIN answered a ON a.file_no = m.file_no AND a.body = m.body AND a.duty = m.duty AND a.month = m.month
WHERE (e.superseded_by IS NULL OR a.file_no IS NOT NULL) AND m.claimed
GROUP BY m.body, m.duty
ORDER BY m.body, m.duty
