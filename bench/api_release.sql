-- A serve.duckdb of made-up payments, in the shape that publish gives it, for measuring downloads: 200 bodies, files of
-- 520 payments. $files is how many files.
CREATE TABLE bodies AS
SELECT format('GB-XX-{:03d}', i) AS body, format('Made-up District {:03d}', i) AS name, 'local' AS sector, 'Non-metropolitan district' AS kind,
  format('p-{:03d}', i) AS publisher, 'OGL-UK-3.0' AS licence, 'Contains its data' AS attribution, format('made-up-district-{:03d}', i) AS slug
FROM range(200) r(i) ORDER BY body;
CREATE TABLE publishers AS
SELECT publisher, name, body, sector, kind, 'LGTC500' AS duty, CAST(50000 AS BIGINT) AS threshold_pence, licence, attribution, publisher AS slug FROM bodies ORDER BY publisher;
CREATE TABLE search_bodies AS
SELECT CAST(row_number() OVER (ORDER BY body) AS INTEGER) AS body_no, body, name, slug, sector, kind,
  ['North East', 'North West', 'London', 'Wales'][1 + row_number() OVER (ORDER BY body) % 4] AS region
FROM bodies ORDER BY body_no;
CREATE TABLE files AS
SELECT CAST(i AS INTEGER) AS file_no, sha256(CAST(i AS VARCHAR)) AS file, format('p-{:03d}', i % 200) AS publisher, format('GB-XX-{:03d}', i % 200) AS body,
  i || '.csv' AS name, 'https://example.org/' || i AS source, CAST(60000 AS BIGINT) AS bytes, TIMESTAMP '2026-07-01 09:00:00' AS received,
  'load' AS outcome, '' AS reason, 'LGTC500' AS duty, CAST(DATE '2016-04-01' + INTERVAL 1 MONTH * (i // 200) AS DATE) AS period_from,
  CAST(last_day(DATE '2016-04-01' + INTERVAL 1 MONTH * (i // 200)) AS DATE) AS period_to, 'name' AS period_basis, CAST(NULL AS INTEGER) AS superseded_by, true AS current
FROM range($files) r(i) ORDER BY file_no;
CREATE TABLE sheets AS
SELECT file_no, 1 AS sheet_no, '' AS member, '' AS sheet, CAST(520 AS BIGINT) AS payments, CAST(0 AS BIGINT) AS payment_pence FROM files ORDER BY file_no;
CREATE TABLE payments AS
SELECT f.file_no, CAST(1 AS INTEGER) AS sheet_no, CAST(i + 2 AS INTEGER) AS row, f.publisher, f.body, f.duty,
  CASE WHEN month(f.period_from) < 4 THEN (year(f.period_from) - 1) || '/' || right(CAST(year(f.period_from) AS VARCHAR), 2) ELSE year(f.period_from) || '/' || right(CAST(year(f.period_from) + 1 AS VARCHAR), 2) END AS financial_year,
  CASE WHEN i % 100 = 99 THEN NULL ELSE CAST(f.period_from + CAST(i % 28 AS INTEGER) AS DATE) END AS date, 'payment' AS date_kind,
  CAST(hash(f.file_no, i) % 5000000 AS BIGINT) - 100000 AS amount, 'unknown' AS vat_basis,
  CASE WHEN i % 20 = 0 THEN 'Individual' ELSE 'Firm of ' || hash(f.publisher, hash(f.file_no, i) % 300) % 100000 || ' and Partners Limited' END AS payee,
  CASE WHEN i % 20 = 0 THEN substr(sha256(CAST(hash(f.file_no, i) % 5000 AS VARCHAR)), 1, 12) END AS payee_key,
  CASE WHEN i % 20 = 0 THEN 'individual' ELSE 'organisation' END AS payee_class,
  CAST(NULL AS VARCHAR) AS department_family, 'Department ' || f.publisher AS entity, 'Expense type ' || hash(i, 2) % 80 AS expense_type, 'Directorate ' || hash(i, 3) % 40 AS expense_area,
  CASE WHEN i % 20 <> 0 THEN 'Purchase of thing ' || hash(f.file_no, i, 4) % 200000 || ' for the service' END AS description, 'INV' || f.file_no * 1000 + i // 2 AS transaction,
  CAST(NULL AS VARCHAR) AS category, 'S' || hash(f.file_no, i) % 100000 AS supplier_id, CAST(NULL AS VARCHAR) AS vat_amount, CAST(NULL AS VARCHAR) AS postcode,
  CAST(NULL AS VARCHAR) AS contract_reference, '{"Ward":"Ward ' || i % 40 || '"}' AS other,
  CAST(1 AS SMALLINT) AS date_column, CAST(3 AS SMALLINT) AS amount_column, CAST(2 AS SMALLINT) AS payee_column,
  CASE WHEN i % 20 = 0 THEN '' ELSE 's' || lpad(CAST(hash(f.publisher, hash(f.file_no, i) % 300) % 100000 AS VARCHAR), 16, '0') END AS supplier,
  CASE WHEN i % 20 = 0 THEN '' ELSE 'FIRM OF ' || hash(f.publisher, hash(f.file_no, i) % 300) % 100000 || ' AND PARTNERS LIMITED' END AS supplier_name,
  CASE WHEN i % 20 = 0 THEN 'individuals' ELSE ['procurement', 'grant', 'unknown'][1 + CAST(hash(i, 2) % 3 AS BIGINT)] END AS scope,
  ['72000000-5', '72200000-7', '45000000-7', '85311200-4', ''][1 + CAST(hash(i, 2) % 5 AS BIGINT)] AS cpv, 'model' AS judged_by, CAST(0.9 AS DECIMAL(4, 3)) AS confidence
FROM files f, range(520) r(i)
ORDER BY f.body, date, f.file_no, row;
CREATE TABLE suppliers AS
SELECT supplier, any_value(supplier_name) AS name, 'unknown' AS kind, '' AS body, '' AS company_number, '' AS charity_number FROM payments WHERE supplier <> '' GROUP BY supplier ORDER BY supplier;
CREATE MACRO words(t) AS list_distinct(regexp_extract_all(lower(strip_accents(replace(replace(t, '''', ''), chr(8217), ''))), '[\p{L}\p{N}]+'));
CREATE TABLE search_suppliers AS
SELECT CAST(row_number() OVER (ORDER BY supplier) AS INTEGER) AS supplier_no, supplier, name FROM suppliers ORDER BY supplier_no;
CREATE TABLE search_payees AS
SELECT CAST(row_number() OVER (ORDER BY supplier_no, payee) AS INTEGER) AS payee_id, payee, supplier_no
FROM (SELECT DISTINCT p.payee, s.supplier_no FROM payments p JOIN search_suppliers s ON s.supplier = p.supplier WHERE p.payee_class = 'organisation') ORDER BY payee_id;
CREATE TABLE search_texts AS
SELECT CAST(row_number() OVER (ORDER BY expense_type, description) AS INTEGER) AS text_id, expense_type, description
FROM (SELECT DISTINCT COALESCE(expense_type, '') AS expense_type, COALESCE(description, '') AS description FROM payments WHERE payee_class = 'organisation') ORDER BY text_id;
CREATE TABLE search_payee_words AS
SELECT w.word, w.payee_id FROM (SELECT y.payee_id, unnest(words(y.payee || ' ' || s.name)) AS word FROM search_payees y JOIN search_suppliers s ON s.supplier_no = y.supplier_no) w ORDER BY ALL;
CREATE TABLE search_text_words AS
SELECT w.word, w.text_id FROM (SELECT text_id, unnest(words(expense_type || ' ' || description)) AS word FROM search_texts) w ORDER BY ALL;
CREATE TABLE supplier_links (a VARCHAR, b VARCHAR, reason VARCHAR);
CREATE TABLE figures AS
SELECT p.body, p.financial_year, f.period_from AS month, p.duty, 'total' AS dimension, '' AS key, count(*) AS payments, CAST(sum(p.amount) AS BIGINT) AS pence,
  CAST(COALESCE(sum(p.amount) FILTER (WHERE p.amount < 0), 0) AS BIGINT) AS credit_pence
FROM payments p JOIN files f ON f.file_no = p.file_no GROUP BY ALL ORDER BY ALL;
CREATE TABLE coverage AS
SELECT body, financial_year, month, duty, 'held' AS status, CAST(1 AS BIGINT) AS files, CAST(0 AS BIGINT) AS superseded, payments, pence, CAST(0 AS BIGINT) AS undated, 'unknown' AS vat_basis FROM figures ORDER BY ALL;
CREATE TABLE issues AS
SELECT file_no, sheet_no, row, CAST(3 AS INTEGER) AS column_no, 'amount' AS field, 'amount_subpenny' AS kind, '12.345' AS value FROM payments WHERE row % 20 = 0 ORDER BY ALL;
CREATE TABLE downloads (dataset VARCHAR, publisher VARCHAR, financial_year VARCHAR, path VARCHAR, sha256 VARCHAR, bytes BIGINT, rows BIGINT);
CREATE TABLE release AS
SELECT '2026-11-23.1' AS number, TIMESTAMP '2026-11-23 10:00:00' AS published, CAST($files AS BIGINT) AS journal_length, sha256('journal') AS journal_head,
  (SELECT count(*) FROM payments) AS payments, CAST((SELECT sum(amount) FROM payments) AS BIGINT) AS pence, (SELECT count(*) FROM bodies) AS bodies,
  (SELECT count(*) FROM publishers) AS publishers, (SELECT count(*) FROM files) AS files, 'bench' AS program;
CHECKPOINT;
