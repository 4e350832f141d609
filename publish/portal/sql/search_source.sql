SELECT f.counted, year(f.counted) - CASE WHEN month(f.counted) < 4 THEN 1 ELSE 0 END AS first_year, f.body_no, f.payee_id, f.supplier_no, f.text_id, f.pence, f.scope, f.cpv, f.payee_class, f.file_no, f.sheet_no, f.row, 1 AS payments
FROM search_SOURCE f
WHERE true
  AND f.body_no IN (SELECT body_no FROM chosen) -- when bodies
  AND f.counted >= CAST(:from AS DATE) AND f.counted <= CAST(:to AS DATE) -- when period
  AND f.counted >= CAST(:since AS DATE) -- when since
  AND f.pence >= :least AND f.pence <= :most -- when amounts
  AND (CATEGORIES) -- when category
  AND f.scope IN (SELECT unnest(string_split(:scopes, ','))) -- when scope
  AND f.supplier_no = :supplier -- when supplier
  AND f.payee_id IN (SELECT id FROM named) -- when named
  AND f.text_id IN (SELECT id FROM told) AND f.payee_id NOT IN (SELECT id FROM named) -- when told
  AND (f.payee_id IN (SELECT id FROM named) OR f.text_id IN (SELECT id FROM told)) -- when either
