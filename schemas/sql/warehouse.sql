-- The warehouse: an index over originals and journal, which `commonspend rebuild` makes again.

-- One row: how far the journal has been applied.
CREATE TABLE indexed (journal_length BIGINT NOT NULL, journal_head VARCHAR NOT NULL, warehouse_version VARCHAR NOT NULL);

-- One row: a file loaded, changed or withdrawn since the derived tables were last brought up to date.
CREATE TABLE unrefreshed (file_no INTEGER NOT NULL);

-- One row: a publisher as the journal last described it.
CREATE TABLE publishers (
  publisher VARCHAR NOT NULL, name VARCHAR NOT NULL, body VARCHAR NOT NULL, sector VARCHAR NOT NULL,
  kind VARCHAR NOT NULL, duty VARCHAR NOT NULL, threshold_pence BIGINT NOT NULL,
  licence VARCHAR NOT NULL, attribution VARCHAR NOT NULL);

-- One row: a file as received. file_no is the sequence number of its journal event.
CREATE TABLE files (
  file_no INTEGER NOT NULL, file VARCHAR NOT NULL, publisher VARCHAR NOT NULL, name VARCHAR NOT NULL, source VARCHAR NOT NULL,
  bytes BIGINT NOT NULL, received TIMESTAMP NOT NULL, outcome VARCHAR NOT NULL, reason VARCHAR NOT NULL,
  duty VARCHAR NOT NULL, period_from DATE, period_to DATE, period_basis VARCHAR NOT NULL, rules VARCHAR NOT NULL);

-- One row: a sheet of a file, its line account and what was decided about it.
CREATE TABLE sheets (
  file_no INTEGER NOT NULL, sheet_no INTEGER NOT NULL, member VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
  encoding VARCHAR NOT NULL, delimiter VARCHAR NOT NULL, header_row INTEGER NOT NULL,
  physical BIGINT NOT NULL, preamble BIGINT NOT NULL, header BIGINT NOT NULL, payments BIGINT NOT NULL,
  refused BIGINT NOT NULL, blank BIGINT NOT NULL, total BIGINT NOT NULL, note BIGINT NOT NULL,
  readable_pence BIGINT NOT NULL, payment_pence BIGINT NOT NULL, total_pence BIGINT NOT NULL, note_pence BIGINT NOT NULL,
  negative BIGINT NOT NULL, date_from DATE, date_to DATE, date_order VARCHAR NOT NULL,
  vat_basis VARCHAR NOT NULL, vat_evidence VARCHAR NOT NULL, columns VARCHAR NOT NULL);

-- One row: a payment. (file_no, sheet_no, row) is its key and its way back to the cell.
CREATE TABLE payments (
  file_no INTEGER NOT NULL, sheet_no INTEGER NOT NULL, row INTEGER NOT NULL,
  date_column SMALLINT NOT NULL, amount_column SMALLINT NOT NULL, payee_column SMALLINT NOT NULL,
  date DATE, date_kind VARCHAR NOT NULL, amount BIGINT NOT NULL, vat_basis VARCHAR NOT NULL,
  payee VARCHAR NOT NULL, payee_class VARCHAR NOT NULL, text_withheld BOOLEAN NOT NULL,
  department_family VARCHAR, entity VARCHAR, expense_type VARCHAR, expense_area VARCHAR,
  description VARCHAR, transaction VARCHAR, category VARCHAR, supplier_id VARCHAR,
  vat_amount VARCHAR, postcode VARCHAR, contract_reference VARCHAR, other VARCHAR);

-- One row: something odd at a place in a file.
CREATE TABLE issues (
  file_no INTEGER NOT NULL, sheet_no INTEGER NOT NULL, row INTEGER NOT NULL, column_no INTEGER NOT NULL,
  field VARCHAR NOT NULL, kind VARCHAR NOT NULL, value VARCHAR NOT NULL);

-- One row: a calendar month, with the financial year (1 April to 31 March) it falls in.
-- January 1990 to April 2073: a date outside is taken for a slip, see placed.
CREATE VIEW calendar AS
WITH digits (n) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)),
months (month) AS (
  SELECT CAST(DATE '1990-01-01' + (100 * a.n + 10 * b.n + c.n) * INTERVAL '1' MONTH AS DATE)
  FROM digits a CROSS JOIN digits b CROSS JOIN digits c),
years (month, first) AS (
  SELECT month, CAST(EXTRACT(YEAR FROM month) AS INTEGER) - CASE WHEN EXTRACT(MONTH FROM month) < 4 THEN 1 ELSE 0 END FROM months)
SELECT month, CAST(first AS VARCHAR) || '/' || SUBSTRING(CAST(first + 1 AS VARCHAR), 3, 2) AS financial_year FROM years;

-- One row: a payment, with the month it counts under in coverage, figures and comparisons.
-- That is the month of its own date (dated is true). A payment without a date, or dated before 1990 or over
-- a year after its file was received, counts under the first month of its file's period (dated is false);
-- where the file has no period either, under no month (NULL) and the financial year ''.
CREATE VIEW placed AS
WITH believed AS (
  SELECT p.*, f.period_from,
    p.date IS NOT NULL AND p.date >= DATE '1990-01-01' AND p.date <= CAST(f.received + INTERVAL '1' YEAR AS DATE) AS dated
  FROM payments p JOIN files f ON f.file_no = p.file_no)
SELECT b.file_no, b.sheet_no, b.row, c.month, COALESCE(c.financial_year, '') AS financial_year, b.dated,
  b.amount, b.vat_basis, b.payee, b.payee_class, b.text_withheld, b.expense_type
FROM believed b
LEFT JOIN calendar c ON c.month = CAST(DATE_TRUNC('month', CASE WHEN b.dated THEN b.date ELSE b.period_from END) AS DATE);

-- One row: a file that makes a claim to a period, and the file that replaced it, NULL while the claim stands.
-- outcome: load empty. financial_year is that of period_from, '' where the period is not known. Derived.
CREATE TABLE editions (
  file_no INTEGER NOT NULL, publisher VARCHAR NOT NULL, body VARCHAR NOT NULL, duty VARCHAR NOT NULL, financial_year VARCHAR NOT NULL,
  period_from DATE, period_to DATE, outcome VARCHAR NOT NULL, superseded_by INTEGER);

-- One row: a layout that a publisher's standing files use under a duty: which headers in which order, and what each became.
-- layout: a hash of the headers, folded, and the fields. columns: as in sheets, of the first of the files. files: how many have
-- it; first_file_no and last_file_no: of these, in the order of their periods. A file's layout is that of the table with most
-- of its payments. Derived.
CREATE TABLE layouts (
  publisher VARCHAR NOT NULL, duty VARCHAR NOT NULL, layout VARCHAR NOT NULL, columns VARCHAR NOT NULL,
  files BIGINT NOT NULL, first_file_no INTEGER NOT NULL, last_file_no INTEGER NOT NULL);

-- One row: a month that a file's period claims, or that payments of it count under (see placed), and what these come to.
-- month is NULL, and financial_year '', for payments that count under no month. Derived.
CREATE TABLE file_months (
  file_no INTEGER NOT NULL, financial_year VARCHAR NOT NULL, month DATE, claimed BOOLEAN NOT NULL,
  payments BIGINT NOT NULL, pence BIGINT NOT NULL, undated BIGINT NOT NULL, net BIGINT NOT NULL, gross BIGINT NOT NULL);

-- One row: a body's calendar month under a duty, and how well we hold it. Derived.
-- status: held (a standing file with payments claims it), nil (only files that say there is nothing do), missing (none does,
-- though the body published before and after), stray (none does, outside those; but payments count under it).
-- files: standing files that claim it; superseded: files that claimed it and were replaced.
-- payments, pence: what counts under it, from any standing file; undated: those of them without a date to believe.
-- vat_basis: net gross unknown, or mixed, of those payments. month is NULL only for payments that count under no month.
CREATE TABLE coverage (
  body VARCHAR NOT NULL, financial_year VARCHAR NOT NULL, month DATE, duty VARCHAR NOT NULL, status VARCHAR NOT NULL,
  files BIGINT NOT NULL, superseded BIGINT NOT NULL, payments BIGINT NOT NULL, pence BIGINT NOT NULL,
  undated BIGINT NOT NULL, vat_basis VARCHAR NOT NULL);

-- One row: what a body published for a calendar month, in all or for one payee or expense type. Derived.
-- dimension: total payee expense_type; key is '' for total, for a missing payee and for a blank expense type. A payee who is
-- not plainly an organisation has its class as key, 'Individual', and an expense type that names such a payee counts as
-- blank: a private person's name is never a key. credit_pence: the sum of the negative amounts. month as in coverage.
CREATE TABLE figures (
  body VARCHAR NOT NULL, financial_year VARCHAR NOT NULL, month DATE, duty VARCHAR NOT NULL,
  dimension VARCHAR NOT NULL, key VARCHAR NOT NULL, payments BIGINT NOT NULL, pence BIGINT NOT NULL, credit_pence BIGINT NOT NULL);

-- One row: a month that is held of a body, beside the median of the other bodies of its kind, or the reason why not. Derived.
-- peers: the others that hold the month under the same duty on the same VAT basis. withheld is '' where there is a median.
CREATE TABLE comparisons (
  body VARCHAR NOT NULL, financial_year VARCHAR NOT NULL, month DATE NOT NULL, duty VARCHAR NOT NULL, kind VARCHAR NOT NULL,
  vat_basis VARCHAR NOT NULL, pence BIGINT NOT NULL, peers BIGINT NOT NULL, median_pence BIGINT, withheld VARCHAR NOT NULL);
