-- One row: a published payment of one publisher and financial year, with its way back to the cell.
SELECT s.file, coalesce(h.member, '') AS member, coalesce(h.sheet, '') AS sheet, p.row,
  p.publisher, p.body, p.duty, s.period_from, s.period_to, p.financial_year,
  p.date, p.date_kind, p.amount AS amount_pence, p.vat_basis, p.payee, p.payee_key, p.payee_class,
  p.department_family, p.entity, p.expense_type, p.expense_area, p.description, p.transaction, p.category, p.supplier_id,
  p.vat_amount, p.postcode, p.contract_reference, p.other, p.date_column, p.amount_column, p.payee_column,
  p.supplier, p.supplier_name, p.scope, p.cpv, p.judged_by, p.confidence, p.transaction_key
FROM serving.payments p
JOIN standing s ON s.file_no = p.file_no
LEFT JOIN published_sheets h ON h.file_no = p.file_no AND h.sheet_no = p.sheet_no
WHERE p.publisher = :owner AND p.financial_year = :year
ORDER BY p.file_no, p.sheet_no, p.row
