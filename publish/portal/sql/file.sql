-- One row: a receipt of the bytes whose hash begins with :prefix, the current one first, then the latest; the last
-- column is the address of the file that replaced it.
SELECT f.file_no, f.file, f.publisher, f.body, COALESCE(b.name, ''), COALESCE(b.slug, ''), f.name, f.source, f.bytes,
  strftime(f.received, '%Y-%m-%dT%H:%M:%SZ'), f.outcome, f.reason, f.duty,
  COALESCE(CAST(f.period_from AS VARCHAR), ''), COALESCE(CAST(f.period_to AS VARCHAR), ''), f.period_basis, f.current,
  CASE WHEN g.file IS NULL THEN '' ELSE '/files/' || substr(g.file, 1, 12) || '?file_no=' || CAST(g.file_no AS VARCHAR) END
FROM files f
LEFT JOIN bodies b ON b.body = f.body
LEFT JOIN files g ON g.file_no = f.superseded_by
WHERE starts_with(f.file, :prefix)
ORDER BY f.current DESC, f.file_no DESC
