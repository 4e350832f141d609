-- One row: a published payment that a filter lets through, in the order that the release keeps them: mostly by body and
-- date, and the same for every download of the release. Nothing but payments is read where it can be helped: file is a
-- number here, and becomes the file's hash on its way out.
SELECT p.file_no AS file, p.sheet_no, p.row, p.publisher, p.body, p.duty, p.financial_year, p.date, p.date_kind, p.amount AS amount_pence, p.vat_basis,
  p.payee, p.payee_key, p.payee_class, p.supplier, p.supplier_name, p.scope, p.cpv, p.judged_by, CAST(p.confidence AS VARCHAR) AS confidence,
  p.department_family, p.entity, p.expense_type, p.expense_area, p.description, p.transaction, p.category, p.supplier_id,
  p.vat_amount, p.postcode, p.contract_reference, p.other, p.rowid AS place
FROM {from}
WHERE p.rowid > {place} AND p.rowid <= {until} {among} AND {where}
{order}
