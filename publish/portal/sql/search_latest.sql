SELECT 'row' AS facet, scope AS word, CAST(body_no AS BIGINT) AS number, CAST(1 AS BIGINT) AS payments, pence,
  CAST(counted AS VARCHAR) AS counted, CAST(file_no AS BIGINT) AS file_no, CAST(sheet_no AS BIGINT) AS sheet_no, CAST(row AS BIGINT) AS row,
  CAST(payee_id AS BIGINT) AS payee_id, CAST(supplier_no AS BIGINT) AS supplier_no, CAST(text_id AS BIGINT) AS text_id, CAST(cpv AS BIGINT) AS cpv, payee_class
  , payee, supplier, name, expense_type, description -- when published
FROM (
  SELECT * FROM found
  WHERE true
    AND (counted, file_no, sheet_no, row) < (CAST(:date AS DATE), CAST(:file_no AS INTEGER), CAST(:sheet_no AS INTEGER), CAST(:row AS INTEGER)) -- when after
  ORDER BY counted DESC, file_no DESC, sheet_no DESC, row DESC
  LIMIT :limit)
