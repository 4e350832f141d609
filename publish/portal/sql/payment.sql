-- One row: a payment by its key, with its sheet and body. The last column is a JSON object of its published texts.
SELECT b.slug, b.name, b.body, COALESCE(CAST(p.date AS VARCHAR), ''), p.date_kind, p.amount,
  COALESCE(p.payee, ''), COALESCE(p.payee_key, ''), p.payee_class, p.financial_year,
  p.vat_basis, COALESCE(s.vat_evidence, ''), COALESCE(s.member, ''), COALESCE(s.sheet, ''), p.sheet_no, p.row, COALESCE(s.encoding, '') = '',
  p.date_column, p.amount_column, p.payee_column, COALESCE(s.columns, '[]'), COALESCE(p.other, ''),
  CAST(json_object(
    'department_family', COALESCE(p.department_family, ''), 'entity', COALESCE(p.entity, ''), 'expense_type', COALESCE(p.expense_type, ''),
    'expense_area', COALESCE(p.expense_area, ''), 'description', COALESCE(p.description, ''), 'transaction', COALESCE(p.transaction, ''),
    'category', COALESCE(p.category, ''), 'supplier_id', COALESCE(p.supplier_id, ''), 'vat_amount', COALESCE(p.vat_amount, ''),
    'postcode', COALESCE(p.postcode, ''), 'contract_reference', COALESCE(p.contract_reference, '')) AS VARCHAR)
FROM payments p
JOIN bodies b ON b.body = p.body
LEFT JOIN sheets s ON s.file_no = p.file_no AND s.sheet_no = p.sheet_no
WHERE p.file_no = :file_no AND p.sheet_no = :sheet_no AND p.row = :row
ORDER BY p.file_no, p.sheet_no, p.row
