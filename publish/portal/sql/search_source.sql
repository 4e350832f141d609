SELECT f.counted, f.body_no, f.payee_id, f.supplier_no, f.text_id, f.pence, f.scope, f.cpv, f.payee_class, f.file_no, f.sheet_no, f.row, 1 AS payments
FROM search_SOURCE f
WHERE true
  AND f.body_no IN (SELECT body_no FROM chosen) -- when bodies
  AND f.counted >= CAST(:from AS DATE) AND f.counted <= CAST(:to AS DATE) -- when period
  AND f.pence >= :least AND f.pence <= :most -- when amounts
  AND f.cpv >= :first AND f.cpv <= :last -- when category
  AND f.scope = :scope -- when scope
  AND f.payee_id IN (SELECT payee_id FROM search_payees WHERE supplier_no = :supplier) -- when supplier
  AND f.payee_id IN (SELECT id FROM named) -- when named
  AND f.text_id IN (SELECT id FROM told) AND f.payee_id NOT IN (SELECT id FROM named) -- when told
  AND (f.payee_id IN (SELECT id FROM named) OR f.text_id IN (SELECT id FROM told)) -- when either
