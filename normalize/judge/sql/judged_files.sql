-- One row: a file, with a print of what is judged of its payments. Those of files that are marked are made anew.
DELETE FROM judged_files
WHERE file_no IN (SELECT file_no FROM unrefreshed) OR EXISTS (SELECT * FROM unrefreshed WHERE file_no = 0);

INSERT INTO judged_files
SELECT p.file_no, CAST(bit_xor(hash(p.sheet_no, p.row, p.body, p.duty, l.scope, l.category, l.confidence, l.method, u.supplier, u.name)) AS VARCHAR)
FROM placed p
LEFT JOIN lines l ON l.line_hash = p.line_hash
LEFT JOIN payees y ON y.payee_hash = p.payee_hash
LEFT JOIN suppliers u ON u.supplier = y.supplier
WHERE p.file_no IN (SELECT file_no FROM unrefreshed) OR EXISTS (SELECT * FROM unrefreshed WHERE file_no = 0)
GROUP BY p.file_no
