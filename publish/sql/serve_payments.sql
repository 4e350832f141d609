-- One row: a published payment, as pages read it.
INSERT INTO serving.payments
SELECT file_no, sheet_no, row, publisher, body, duty, financial_year, date, date_kind, amount, vat_basis,
  payee, payee_key, payee_class, department_family, entity, expense_type, expense_area, description, transaction,
  category, supplier_id, vat_amount, postcode, contract_reference, other, date_column, amount_column, payee_column,
  supplier, supplier_name, scope, cpv, judged_by, confidence, transaction_key, line_hash, payee_hash
FROM published_payments
WHERE file_no IN (
  SELECT s.file_no FROM standing s
  JOIN replaced r ON r.dataset = 'payments' AND r.owner = s.publisher AND r.financial_year = s.financial_year)
ORDER BY body, date, file_no, sheet_no, row
