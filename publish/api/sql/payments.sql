-- One row: a published payment that a filter lets through, in the order of bodies and dates, after a place in it.
WITH chosen AS (
  SELECT p.rowid AS id
  FROM {from}
  WHERE {where} AND {after}
  ORDER BY p.body, COALESCE(p.date, DATE '9999-12-31'), p.file_no, p.sheet_no, p.row
  LIMIT :limit)
SELECT g.file, p.file_no, p.sheet_no, COALESCE(s.sheet, ''), p.row, p.publisher, p.body, p.duty, p.financial_year, CAST(p.date AS VARCHAR), p.date_kind, p.amount, p.vat_basis,
  COALESCE(p.payee, ''), p.payee_key, p.payee_class, NULLIF(p.supplier, ''), NULLIF(p.supplier_name, ''), NULLIF(p.scope, ''), NULLIF(p.cpv, ''), NULLIF(p.judged_by, ''), CAST(p.confidence AS VARCHAR),
  p.department_family, p.entity, p.expense_type, p.expense_area, p.description, p.transaction, p.category, p.contract_reference
FROM payments p
JOIN chosen c ON c.id = p.rowid
JOIN files g ON g.file_no = p.file_no
LEFT JOIN sheets s ON s.file_no = p.file_no AND s.sheet_no = p.sheet_no
ORDER BY p.body, COALESCE(p.date, DATE '9999-12-31'), p.file_no, p.sheet_no, p.row
