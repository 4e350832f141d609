-- One row: a published payment of one publisher and financial year, with its way back to the cell.
SELECT file, member, sheet, row, publisher, body, duty, period_from, period_to, financial_year,
  date, date_kind, amount AS amount_pence, vat_basis, payee, payee_key, payee_class,
  department_family, entity, expense_type, expense_area, description, transaction, category, supplier_id,
  vat_amount, postcode, contract_reference, other, date_column, amount_column, payee_column
FROM published_payments
WHERE file_no IN (SELECT file_no FROM standing WHERE publisher = :owner AND financial_year = :year)
ORDER BY file_no, sheet_no, row
