-- One row: a file, with a print of what is judged of its payments. Those of files that are marked are made anew.
-- The hash of several values only XORs in the last: hashed again, two payments that change alike do not undo each other.
DELETE FROM judged_files
WHERE file_no IN (FROM marked);

INSERT INTO judged_files
SELECT p.file_no, CAST(bit_xor(hash(hash(p.sheet_no, p.row, p.body, p.duty, l.print, u.print))) AS VARCHAR)
FROM placed p
LEFT JOIN (SELECT line_hash, hash(scope, category, confidence, method) AS print FROM lines) l ON l.line_hash = p.line_hash
LEFT JOIN (
  SELECT y.payee_hash, hash(y.supplier, s.name) AS print
  FROM payees y LEFT JOIN suppliers s ON s.supplier = y.supplier) u ON u.payee_hash = p.payee_hash
WHERE p.file_no IN (FROM marked)
GROUP BY p.file_no
