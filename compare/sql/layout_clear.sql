-- Forgets the layouts of the publishers and duties that a touched file has, or had, a part in.
DELETE FROM issues WHERE kind = 'layout_changed'
  AND (file_no IN (SELECT file_no FROM touched)
    OR file_no IN (SELECT e.file_no FROM editions e JOIN rivals r ON r.publisher = e.publisher AND r.duty = e.duty));

DELETE FROM layouts l
WHERE EXISTS (SELECT 1 FROM rivals r WHERE r.publisher = l.publisher AND r.duty = l.duty);
