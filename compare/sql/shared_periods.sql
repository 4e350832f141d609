-- One row: another file that claims the same period as a standing file while neither repeats the other.
DELETE FROM issues WHERE kind = 'period_shared'
  AND (file_no IN (SELECT file_no FROM touched) OR file_no IN (SELECT file_no FROM former)
    OR file_no IN (SELECT e.file_no FROM editions e JOIN rivals r ON r.publisher = e.publisher AND r.duty = e.duty
      AND r.period_from = e.period_from AND r.period_to = e.period_to));

INSERT INTO issues
SELECT e.file_no, 0, 0, 0, '', 'period_shared', SUBSTRING(f.name, 1, 50)
FROM rivals r
JOIN editions e ON e.publisher = r.publisher AND e.duty = r.duty AND e.period_from = r.period_from AND e.period_to = r.period_to
JOIN editions o ON o.publisher = r.publisher AND o.duty = r.duty AND o.period_from = r.period_from AND o.period_to = r.period_to
JOIN files f ON f.file_no = o.file_no
WHERE e.superseded_by IS NULL AND o.superseded_by IS NULL AND o.file_no <> e.file_no
ORDER BY e.file_no, o.file_no;
