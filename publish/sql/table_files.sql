-- One row: a file received from a publisher whose licence is on record. Its source is told only where it is a web
-- address, without any name and password in it. A name that names a person is withheld.
SELECT f.file_no, f.file, f.publisher, coalesce(e.body, p.body) AS body,
  CASE WHEN f.name IN (FROM titled) THEN 'Withheld' ELSE f.name END AS name,
  CASE WHEN regexp_matches(f.source, '^https?://') AND f.source NOT IN (FROM titled) THEN regexp_replace(f.source, '^(https?://)[^/@]*@', '\1') ELSE '' END AS source,
  f.bytes, f.received, f.outcome,
  CASE WHEN f.reason IN (FROM titled) THEN 'Withheld' ELSE f.reason END AS reason, f.duty, f.period_from, f.period_to, f.period_basis,
  e.superseded_by, coalesce(e.file_no IS NOT NULL AND e.superseded_by IS NULL, false) AS current
FROM files f
JOIN publishers p ON p.publisher = f.publisher
LEFT JOIN editions e ON e.file_no = f.file_no
WHERE p.licence <> ''
ORDER BY f.file_no
