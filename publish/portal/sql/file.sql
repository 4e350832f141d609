-- One row: a receipt, of a list of file_no as '1,2,3', the current one first, then the latest; the last
-- column is the file_no of the one that replaced it, 0 for none.
SELECT f.file_no, f.file, f.publisher, f.body, COALESCE(b.name, ''), COALESCE(b.slug, ''), f.name, f.source, f.bytes,
  strftime(f.received, '%Y-%m-%dT%H:%M:%SZ'), f.outcome, f.reason, f.duty,
  COALESCE(CAST(f.period_from AS VARCHAR), ''), COALESCE(CAST(f.period_to AS VARCHAR), ''), f.period_basis, f.current,
  COALESCE(f.superseded_by, 0)
FROM files f
LEFT JOIN bodies b ON b.body = f.body
WHERE f.file_no IN (SELECT CAST(unnest(string_split(:files, ',')) AS INTEGER))
ORDER BY f.current DESC, f.file_no DESC
