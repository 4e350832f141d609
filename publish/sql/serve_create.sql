-- The tables of serve.duckdb that are replaced a partition at a time. One row of payments: a published payment; it is
-- sorted by body and date, so that a body's pages read few blocks.
CREATE TABLE serving.payments (
  file_no INTEGER, sheet_no INTEGER, row INTEGER, publisher VARCHAR, body VARCHAR, duty VARCHAR, financial_year VARCHAR,
  date DATE, date_kind VARCHAR, amount BIGINT, vat_basis VARCHAR, payee VARCHAR, payee_key VARCHAR, payee_class VARCHAR,
  department_family VARCHAR, entity VARCHAR, expense_type VARCHAR, expense_area VARCHAR, description VARCHAR,
  transaction VARCHAR, category VARCHAR, supplier_id VARCHAR, vat_amount VARCHAR, postcode VARCHAR,
  contract_reference VARCHAR, other VARCHAR, date_column SMALLINT, amount_column SMALLINT, payee_column SMALLINT);
-- One row: something odd at a place in a published file.
CREATE TABLE serving.issues (
  file_no INTEGER, sheet_no INTEGER, row INTEGER, column_no INTEGER, field VARCHAR, kind VARCHAR, value VARCHAR);
-- One row: what a body published for a month, in all or for one payee or expense type.
CREATE TABLE serving.figures (
  body VARCHAR, financial_year VARCHAR, month DATE, duty VARCHAR, dimension VARCHAR, key VARCHAR,
  payments BIGINT, pence BIGINT, credit_pence BIGINT);
