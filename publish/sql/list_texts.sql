-- One row: a text beside the payee of a payment whose text is held back, or what a file or a sheet is called: those among
-- which one that names a person by title may be.
SELECT DISTINCT text
FROM (
  SELECT unnest([department_family, entity, expense_type, expense_area, category, transaction, supplier_id, vat_amount, postcode, contract_reference]) AS text
  FROM payments WHERE text_withheld
  UNION ALL
  SELECT unnest([name, source, reason]) FROM files
  UNION ALL
  SELECT unnest([member, sheet]) FROM sheets)
WHERE text <> ''
ORDER BY text
