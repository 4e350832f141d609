-- One row: a file as received, after a place in the order of the journal.
SELECT f.file_no, f.file, f.publisher, f.body, f.name, f.source, f.bytes, strftime(f.received, '%Y-%m-%dT%H:%M:%SZ'), f.outcome, f.reason, f.duty,
  CAST(f.period_from AS VARCHAR), CAST(f.period_to AS VARCHAR), f.period_basis, f.superseded_by, f.current
FROM files f
WHERE {where} AND {after}
ORDER BY f.file_no
LIMIT :limit
