-- One row: a payment as it may be published. A payee who may be a private person is published as a class, with a
-- key that is the same for the same body and payee and tells nothing more; the text beside it stays behind.
CREATE OR REPLACE TEMP VIEW published_payments AS
WITH held_back AS (
  SELECT DISTINCT p.file_no, p.transaction
  FROM payments p
  WHERE p.transaction <> '' AND (p.text_withheld OR p.payee_class NOT IN ('organisation', 'redacted-commercial', 'redacted', 'missing'))),
judged AS (
  SELECT p.* EXCLUDE (publisher, financial_year, month, dated),
    s.publisher, s.financial_year, h.transaction IS NOT NULL AS keyed, s.file, coalesce(u.supplier, '') AS supplier, coalesce(u.name, '') AS supplier_name,
    coalesce(l.scope, 'unknown') AS scope, coalesce(l.category, '') AS cpv, coalesce(l.method, '') AS judged_by, coalesce(l.confidence, 0) AS confidence,
    p.payee_class NOT IN ('organisation', 'redacted-commercial', 'redacted', 'missing') AS personal,
    lower(trim(regexp_replace(p.payee, '[\s\p{Z}]+', ' ', 'g'))) AS folded
  FROM placed p
  JOIN standing s ON s.file_no = p.file_no
  LEFT JOIN held_back h ON h.file_no = p.file_no AND h.transaction = p.transaction
  LEFT JOIN lines l ON l.line_hash = p.line_hash
  LEFT JOIN payees y ON y.payee_hash = p.payee_hash
  LEFT JOIN suppliers u ON u.supplier = y.supplier AND u.kind NOT IN ('person', 'redacted'))
SELECT file_no, sheet_no, row, publisher, body, duty, financial_year,
  date, date_kind, amount, vat_basis,
  CASE payee_class
    WHEN 'organisation' THEN payee
    WHEN 'missing' THEN ''
    WHEN 'individual' THEN 'Individual'
    WHEN 'redacted-personal' THEN 'Redacted (personal)'
    WHEN 'redacted-commercial' THEN 'Redacted (commercial)'
    WHEN 'redacted' THEN 'Redacted'
    ELSE 'Withheld' END AS payee,
  CASE WHEN personal THEN substr(sha256(getvariable('publish_secret') || chr(31) || body || chr(31) || folded), 1, 12) END AS payee_key,
  payee_class,
  -- A ledger word stays, unless it names the person, or anybody by title.
  CASE WHEN NOT (personal AND folded <> '' AND contains(lower(department_family), folded)) AND department_family NOT IN (FROM titled) THEN department_family END AS department_family,
  CASE WHEN NOT (personal AND folded <> '' AND contains(lower(entity), folded)) AND entity NOT IN (FROM titled) THEN entity END AS entity,
  CASE WHEN NOT (personal AND folded <> '' AND contains(lower(expense_type), folded)) AND expense_type NOT IN (FROM titled) THEN expense_type END AS expense_type,
  CASE WHEN NOT (personal AND folded <> '' AND contains(lower(expense_area), folded)) AND expense_area NOT IN (FROM titled) THEN expense_area END AS expense_area,
  CASE WHEN NOT (personal OR text_withheld) THEN description END AS description,
  -- A reference holds a digit; what holds none may be the name that the text is withheld for.
  CASE WHEN NOT (personal OR text_withheld AND NOT regexp_matches(transaction, '[0-9]')) AND transaction NOT IN (FROM titled) THEN transaction END AS transaction,
  CASE WHEN NOT (personal AND folded <> '' AND contains(lower(category), folded)) AND category NOT IN (FROM titled) THEN category END AS category,
  CASE WHEN NOT personal AND supplier_id NOT IN (FROM titled) THEN supplier_id END AS supplier_id,
  CASE WHEN NOT personal AND vat_amount NOT IN (FROM titled) THEN vat_amount END AS vat_amount,
  CASE WHEN NOT personal AND postcode NOT IN (FROM titled) THEN postcode END AS postcode,
  CASE WHEN NOT personal AND contract_reference NOT IN (FROM titled) THEN contract_reference END AS contract_reference,
  CASE WHEN NOT (personal OR text_withheld) THEN other END AS other,
  date_column, amount_column, payee_column,
  CASE WHEN payee_class = 'organisation' THEN supplier ELSE '' END AS supplier,
  CASE WHEN payee_class = 'organisation' THEN supplier_name ELSE '' END AS supplier_name,
  scope, cpv, judged_by, confidence,
  -- Where a reference of some of a transaction's payments is held back, what still tells which belong together.
  CASE WHEN keyed THEN substr(sha256(getvariable('publish_secret') || chr(31) || file || chr(31) || transaction), 1, 12) END AS transaction_key,
  -- These are made from a name among others: where it is held back they would let it be guessed.
  CASE WHEN NOT (personal OR text_withheld) THEN line_hash END AS line_hash,
  CASE WHEN NOT personal THEN payee_hash END AS payee_hash
FROM judged
