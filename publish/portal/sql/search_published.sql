-- One row: a payment of a filter that the tables for searches cannot narrow by, in their columns, with its words beside.
SELECT o.counted, year(o.counted) - CASE WHEN month(o.counted) < 4 THEN 1 ELSE 0 END AS first_year, o.body_no, 0 AS payee_id, 0 AS supplier_no, 0 AS text_id,
  o.pence, o.scope, o.cpv, o.payee_class, o.file_no, o.sheet_no, o.row, 1 AS payments, o.payee, COALESCE(s.supplier, '') AS supplier, COALESCE(s.name, '') AS name,
  o.expense_type, o.description
FROM (
  SELECT COALESCE({counted}, DATE '1900-01-01') AS counted, COALESCE(n.body_no, 0) AS body_no, p.amount AS pence, COALESCE(NULLIF(p.scope, ''), 'unknown') AS scope,
    COALESCE(TRY_CAST(substr(p.cpv, 1, 8) AS INTEGER), 0) AS cpv, p.payee_class, p.file_no, p.sheet_no, p.row,
    CASE WHEN p.payee_class = 'organisation' THEN p.payee ELSE '' END AS payee, CASE WHEN p.payee_class = 'organisation' THEN p.supplier END AS supplier,
    CASE WHEN p.payee_class IN ('organisation', 'redacted-commercial', 'missing') THEN COALESCE(p.expense_type, '') ELSE '' END AS expense_type,
    CASE WHEN p.payee_class IN ('organisation', 'redacted-commercial', 'missing') THEN COALESCE(p.description, '') ELSE '' END AS description
  FROM payments p
  JOIN files f ON f.file_no = p.file_no
  LEFT JOIN search_bodies n ON n.body = p.body
  WHERE {where}) o
LEFT JOIN search_suppliers s ON s.supplier = o.supplier
