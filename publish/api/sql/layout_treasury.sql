-- One row: a payment of a transaction over the threshold, in the layout of the Treasury's guidance of 2013: department
-- family, entity, date, expense type, expense area, supplier, transaction number, amount, description, supplier postcode.
-- Lines of one file under one reference are one transaction; a blank reference is its own.
WITH chosen AS MATERIALIZED (
  SELECT p.file_no, p.row, p.body, p.department_family, p.entity, p.date, p.expense_type, p.expense_area, p.payee, p.transaction, p.amount,
    p.description, p.postcode, p.vat_basis, p.rowid AS place
  FROM {from}
  WHERE p.rowid > {place} AND p.rowid <= {until} {among} AND {where}),
over AS (
  SELECT t.file_no, t.transaction
  FROM payments t
  WHERE t.transaction <> '' AND t.file_no IN (SELECT c.file_no FROM chosen c)
  GROUP BY t.file_no, t.transaction
  HAVING sum(t.amount) > :threshold)
SELECT COALESCE(p.department_family, b.name) AS "Department family", COALESCE(p.entity, b.name) AS "Entity", p.date AS "Date", p.expense_type AS "Expense type",
  p.expense_area AS "Expense area", p.payee AS "Supplier", p.transaction AS "Transaction number", p.amount AS "Amount",
  p.description AS "Description", p.postcode AS "Supplier postcode", p.vat_basis AS "VAT basis", p.file_no AS "Source file", p.row AS "Source row", p.place
FROM chosen p
LEFT JOIN over o ON o.file_no = p.file_no AND o.transaction = p.transaction
LEFT JOIN bodies b ON b.body = p.body
WHERE o.file_no IS NOT NULL OR (COALESCE(p.transaction, '') = '' AND p.amount > :threshold)
{order}
