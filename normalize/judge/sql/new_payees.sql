-- One row: a payee that is not resolved yet, with what rows say of it.
INSERT INTO payees
SELECT payee_hash, payee, payee_class, coalesce(postcode, ''), number_kind,
  CASE WHEN number_kind <> '' THEN coalesce(supplier_id, '') ELSE '' END, '', 0, '', '', ''
FROM payments
WHERE rowid IN (
  SELECT min(rowid)
  FROM payments
  WHERE file_no IN (FROM marked)
    AND payee_hash NOT IN (SELECT payee_hash FROM payees)
  GROUP BY payee_hash);
