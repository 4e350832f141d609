-- One row: a file received from a publisher whose licence is on record. Its source is told only where it is a web
-- address, without any name and password in it.
SELECT f.file_no, f.file, f.publisher, coalesce(e.body, p.body) AS body, f.name,
  CASE WHEN regexp_matches(f.source, '^https?://') THEN regexp_replace(f.source, '^(https?://)[^/@]*@', '\1') ELSE '' END AS source,
  f.bytes, f.received, f.outcome, f.reason, f.duty, f.period_from, f.period_to, f.period_basis,
  e.superseded_by, coalesce(e.file_no IS NOT NULL AND e.superseded_by IS NULL, false) AS current
FROM files f
JOIN publishers p ON p.publisher = f.publisher
LEFT JOIN editions e ON e.file_no = f.file_no
WHERE p.licence <> ''
ORDER BY f.file_no
