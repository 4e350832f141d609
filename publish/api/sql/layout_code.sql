-- One row: a payment of a transaction over the threshold, in the layout of the Local Government Transparency Code 2015,
-- paragraph 28: body, part of it, date, payee, reference, purpose, amount, VAT that cannot be recovered, category. Lines of
-- one file under one reference are one transaction; a blank reference is its own. Only the amount's sum decides.
WITH chosen AS MATERIALIZED (
  SELECT p.file_no, p.row, p.publisher, p.body, p.entity, p.date, p.payee, p.transaction, p.description, p.expense_type, p.amount, p.vat_amount,
    p.category, p.vat_basis, p.rowid AS place
  FROM {from}
  WHERE p.rowid > {place} AND p.rowid <= {until} {among} AND {where}),
over AS (
  SELECT t.file_no, t.transaction
  FROM payments t
  WHERE t.transaction <> '' AND t.file_no IN (SELECT c.file_no FROM chosen c)
  GROUP BY t.file_no, t.transaction
  HAVING sum(t.amount) > :threshold)
SELECT b.name AS "Body name", p.publisher AS "Publisher", p.body AS "Body", p.entity AS "Service label", p.date AS "Date", p.payee AS "Supplier (beneficiary) name",
  p.transaction AS "Transaction number", COALESCE(p.description, p.expense_type) AS "Summary of the purpose", p.amount AS "Amount",
  p.vat_amount AS "Irrecoverable VAT", p.category AS "Merchant category", p.vat_basis AS "VAT basis", p.file_no AS "Source file", p.row AS "Source row", p.place
FROM chosen p
LEFT JOIN over o ON o.file_no = p.file_no AND o.transaction = p.transaction
LEFT JOIN bodies b ON b.body = p.body
WHERE o.file_no IS NOT NULL OR (COALESCE(p.transaction, '') = '' AND p.amount > :threshold)
{order}
