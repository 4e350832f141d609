-- One row of payees: a payee whose supplier, or the reason for it, is another than before. The files that pay one whose
-- supplier changed are marked.
INSERT INTO unrefreshed
SELECT DISTINCT p.file_no
FROM payments p
WHERE p.payee_hash IN (
  SELECT a.payee_hash FROM payees a JOIN resolved r ON r.payee_hash = a.payee_hash
  WHERE a.version <> '' AND a.supplier <> r.supplier)
  AND NOT EXISTS (SELECT * FROM unrefreshed WHERE file_no = 0)
  AND p.file_no NOT IN (SELECT file_no FROM unrefreshed);

UPDATE payees SET supplier = r.supplier, confidence = CAST(r.confidence AS DECIMAL(4, 3)), method = r.method, reason = r.reason, version = r.version
FROM resolved r
WHERE r.payee_hash = payees.payee_hash
  AND (payees.supplier <> r.supplier OR payees.confidence <> CAST(r.confidence AS DECIMAL(4, 3)) OR payees.method <> r.method
    OR payees.reason <> r.reason OR payees.version <> r.version);

DROP TABLE resolved;
