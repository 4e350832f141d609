-- One row of unrefreshed: a file that pays a supplier which is called otherwise now.
INSERT INTO unrefreshed
SELECT DISTINCT p.file_no
FROM payments p
JOIN payees y ON y.payee_hash = p.payee_hash
JOIN suppliers was ON was.supplier = y.supplier
JOIN supplied now ON now.supplier = y.supplier AND (now.name <> was.name OR now.kind <> was.kind)
WHERE NOT EXISTS (SELECT * FROM unrefreshed WHERE file_no = 0) AND p.file_no NOT IN (SELECT file_no FROM unrefreshed);

DELETE FROM suppliers;

INSERT INTO suppliers FROM supplied ORDER BY supplier;

DROP TABLE supplied;

DELETE FROM supplier_links;
