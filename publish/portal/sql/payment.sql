-- One row: a payment by its key and its file's publisher, by whom payments are found faster, with its sheet and body. The last column is a JSON object of its published texts.
WITH p AS MATERIALIZED (
  SELECT body, date, date_kind, amount, payee, payee_key, payee_class, financial_year, vat_basis, file_no, sheet_no, row,
    date_column, amount_column, payee_column, other, department_family, entity, expense_type, expense_area, description, transaction,
    category, supplier_id, vat_amount, postcode, contract_reference
  FROM payments
  WHERE publisher = :publisher AND file_no = :file_no AND sheet_no = :sheet_no AND row = :row),
s AS MATERIALIZED (SELECT * FROM sheets WHERE file_no = :file_no AND sheet_no = :sheet_no)
SELECT b.slug, b.name, b.body, COALESCE(CAST(p.date AS VARCHAR), ''), p.date_kind, p.amount,
  COALESCE(p.payee, ''), COALESCE(p.payee_key, ''), p.payee_class, p.financial_year,
  p.vat_basis, COALESCE(s.vat_evidence, ''), COALESCE(s.member, ''), COALESCE(s.sheet, ''), p.sheet_no, p.row, COALESCE(s.encoding, '') = '',
  p.date_column, p.amount_column, p.payee_column, COALESCE(s.columns, '[]'), COALESCE(p.other, ''),
  CAST(json_object(
    'department_family', COALESCE(p.department_family, ''), 'entity', COALESCE(p.entity, ''), 'expense_type', COALESCE(p.expense_type, ''),
    'expense_area', COALESCE(p.expense_area, ''), 'description', COALESCE(p.description, ''), 'transaction', COALESCE(p.transaction, ''),
    'category', COALESCE(p.category, ''), 'supplier_id', COALESCE(p.supplier_id, ''), 'vat_amount', COALESCE(p.vat_amount, ''),
    'postcode', COALESCE(p.postcode, ''), 'contract_reference', COALESCE(p.contract_reference, '')) AS VARCHAR)
FROM p
JOIN bodies b ON b.body = p.body
LEFT JOIN s ON s.file_no = p.file_no AND s.sheet_no = p.sheet_no
ORDER BY p.file_no, p.sheet_no, p.row
