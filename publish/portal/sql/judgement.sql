-- One row: a payment with the judgements it rests on; empty where it rests on none.
SELECT p.publisher, p.payee_class, COALESCE(p.payee, ''), COALESCE(p.postcode, ''), COALESCE(p.entity, ''), COALESCE(p.expense_type, ''), COALESCE(p.expense_area, ''), COALESCE(p.description, ''),
  COALESCE(p.scope, ''), COALESCE(p.cpv, ''), COALESCE(p.supplier, ''), COALESCE(p.supplier_name, ''), s.supplier IS NOT NULL,
  COALESCE(l.likely, ''), COALESCE(CAST(CAST(l.confidence * 1000 AS INTEGER) AS BIGINT), 0), COALESCE(l.method, ''), COALESCE(l.reason, ''), COALESCE(l.version, ''), COALESCE(l.payments, 0), COALESCE(l.stake, 0),
  COALESCE(CAST(CAST(y.confidence * 1000 AS INTEGER) AS BIGINT), 0), COALESCE(y.method, ''), COALESCE(y.reason, ''), COALESCE(y.version, ''), COALESCE(y.payments, 0), COALESCE(y.stake, 0)
FROM payments p
LEFT JOIN line_judgements l ON l.line_hash = p.line_hash
LEFT JOIN payee_judgements y ON y.payee_hash = p.payee_hash
LEFT JOIN search_suppliers s ON s.supplier = p.supplier
WHERE p.publisher = :publisher AND p.file_no = :file_no AND p.sheet_no = :sheet_no AND p.row = :row
ORDER BY p.file_no, p.sheet_no, p.row
