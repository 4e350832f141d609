-- The tables of serve.duckdb that are replaced a partition at a time. One row of payments: a published payment; it is
-- sorted by body and date, so that a body's pages read few blocks.
CREATE TABLE serving.payments (
  file_no INTEGER, sheet_no INTEGER, row INTEGER, publisher VARCHAR, body VARCHAR, duty VARCHAR, financial_year VARCHAR,
  date DATE, date_kind VARCHAR, amount BIGINT, vat_basis VARCHAR, payee VARCHAR, payee_key VARCHAR, payee_class VARCHAR,
  department_family VARCHAR, entity VARCHAR, expense_type VARCHAR, expense_area VARCHAR, description VARCHAR,
  transaction VARCHAR, category VARCHAR, supplier_id VARCHAR, vat_amount VARCHAR, postcode VARCHAR,
  contract_reference VARCHAR, other VARCHAR, date_column SMALLINT, amount_column SMALLINT, payee_column SMALLINT,
  supplier VARCHAR, supplier_name VARCHAR, scope VARCHAR, cpv VARCHAR, judged_by VARCHAR, confidence DECIMAL(4, 3), transaction_key VARCHAR,
  line_hash BIGINT, payee_hash BIGINT);
-- One row: the payments of one transaction that count under the same body, month, supplier, scope, category and VAT basis.
CREATE TABLE serving.transactions (
  file_no INTEGER, publisher VARCHAR, body VARCHAR, financial_year VARCHAR, month DATE, duty VARCHAR, vat_basis VARCHAR,
  scope VARCHAR, category VARCHAR, supplier VARCHAR, redacted BOOLEAN, confidence DECIMAL(4, 3), payments BIGINT, pence BIGINT,
  transaction_pence BIGINT, credit_pence BIGINT, repeats BOOLEAN, inferred BOOLEAN, sheet_no INTEGER, row INTEGER);
-- One row: something odd at a place in a published file.
CREATE TABLE serving.issues (
  file_no INTEGER, sheet_no INTEGER, row INTEGER, column_no INTEGER, field VARCHAR, kind VARCHAR, value VARCHAR);
-- One row: what a body published for a month, in all or for one payee or expense type.
CREATE TABLE serving.figures (
  body VARCHAR, financial_year VARCHAR, month DATE, duty VARCHAR, dimension VARCHAR, key VARCHAR,
  payments BIGINT, pence BIGINT, credit_pence BIGINT, repeated_pence BIGINT, comparable_pence BIGINT);
