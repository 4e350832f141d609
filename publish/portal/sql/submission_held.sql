-- One row: a standing file of a publisher for a duty and period, the latest first.
SELECT name, '/files/' || substr(file, 1, 12) || '?file_no=' || CAST(file_no AS VARCHAR), name = :name
FROM files
WHERE publisher = :publisher AND duty = :duty AND current
  AND CAST(period_from AS VARCHAR) = :from AND CAST(period_to AS VARCHAR) = :to
ORDER BY file_no DESC
LIMIT 5
