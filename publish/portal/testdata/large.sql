-- A large serve.duckdb of made-up payments: ROWS of them by 400 bodies over eight years, payees and texts with a long tail.
CREATE TABLE bodies AS SELECT 'XX-B-' || n AS body, 'Body ' || ['Alder','Birch','Cedar','Dale','Elm','Fern','Gorse','Heath'][1 + n % 8] || ' ' || n AS name, ['local','central','nhs'][1 + n % 3] AS sector,
  'Kind ' || n % 7 AS kind, 'p' || n AS publisher, 'OGL-UK-3.0' AS licence, 'Contains public sector information' AS attribution, 'body-' || n AS slug FROM range(1, 401) t(n);
CREATE TABLE publishers AS SELECT publisher, name, body, sector, kind, 'LGTC500' AS duty, 50000 AS threshold_pence, licence, attribution, slug FROM bodies;
CREATE TABLE files AS
SELECT CAST((b - 1) * 96 + m AS INTEGER) AS file_no, sha256('f' || b || '-' || m) AS file, 'p' || b AS publisher, 'XX-B-' || b AS body, 'spend-' || m || '.csv' AS name, '' AS source, 5000 AS bytes,
  TIMESTAMP '2025-05-01 09:30:00' AS received, 'load' AS outcome, '' AS reason, 'LGTC500' AS duty, CAST(DATE '2017-04-01' + to_months(CAST(m - 1 AS INTEGER)) AS DATE) AS period_from,
  last_day(DATE '2017-04-01' + to_months(CAST(m - 1 AS INTEGER))) AS period_to, 'name' AS period_basis, CAST(NULL AS INTEGER) AS superseded_by, true AS current
FROM range(1, 401) t(b), range(1, 97) u(m);
CREATE TABLE payments AS
WITH drawn AS (
  SELECT n, hash(n) AS a, hash(n + 1000000007) AS b, hash(n + 2000000011) AS c FROM range(0, ROWS) t(n)),
placed AS (
  SELECT n, a, b, c, CAST(1 + (a % 400) * 96 + b % 96 AS INTEGER) AS file_no,
    CAST(floor(power(CAST((a // 1024) % 1000000 AS DOUBLE) / 1000000, 3) * PAYEES) AS BIGINT) AS payee_no, CAST(floor(power(CAST((c // 64) % 1000000 AS DOUBLE) / 1000000, 2) * TEXTS) AS BIGINT) AS text_no
  FROM drawn)
SELECT p.file_no, CAST(1 AS INTEGER) AS sheet_no, CAST(n // 38400 + 2 AS INTEGER) AS row, f.publisher, f.body, f.duty,
  CAST(CAST(year(f.period_from) AS INTEGER) - CASE WHEN month(f.period_from) < 4 THEN 1 ELSE 0 END AS VARCHAR) || '/00' AS financial_year,
  CAST(f.period_from + to_days(CAST(c % 28 AS INTEGER)) AS DATE) AS date, 'payment' AS date_kind, CAST(50000 + (b // 128) % 9000000 AS BIGINT) AS amount, 'unknown' AS vat_basis,
  CASE WHEN a % 11 = 3 THEN 'Individual' ELSE ['Alder','Birch','Cedar','Dunmore','Elm','Fernley','Gorse','Hazel','Iris','Juniper','Kestrel','Larch'][1 + payee_no % 12] || ' ' ||
    ['Care','Roads','Catering','Lighting','Consulting','Supplies','Homes','Software','Transport'][1 + payee_no % 9] || ' ' || payee_no || ' Ltd' END AS payee,
  CASE WHEN a % 11 = 3 THEN 'k1' END AS payee_key, CASE WHEN a % 11 = 3 THEN 'individual' ELSE 'organisation' END AS payee_class,
  CAST(NULL AS VARCHAR) AS department_family, CAST(NULL AS VARCHAR) AS entity, ['Repairs','Agency staff','Catering','Roads','Consultancy','Legal services','Care','Software licences'][1 + text_no % 8] AS expense_type, 'Services' AS expense_area,
  CASE WHEN a % 11 = 3 THEN NULL ELSE ['maintenance of','purchase of','services for','hire of','works at'][1 + text_no % 5] || ' ' || ['boilers','laptops','placements','lanterns','vans','pumps','windows'][1 + text_no % 7] || ' ref' || text_no END AS description,
  'T' || n AS transaction, CAST(NULL AS VARCHAR) AS category, CAST(NULL AS VARCHAR) AS supplier_id, CAST(NULL AS VARCHAR) AS vat_amount, CAST(NULL AS VARCHAR) AS postcode,
  CAST(NULL AS VARCHAR) AS contract_reference, CAST(NULL AS VARCHAR) AS other, CAST(1 AS SMALLINT) AS date_column, CAST(4 AS SMALLINT) AS amount_column, CAST(2 AS SMALLINT) AS payee_column,
  CASE WHEN a % 11 = 3 OR payee_no % 10 = 0 THEN '' ELSE 's' || lpad(to_hex(payee_no // 2), 16, '0') END AS supplier, CASE WHEN a % 11 = 3 OR payee_no % 10 = 0 THEN '' ELSE 'SUPPLIER ' || payee_no // 2 END AS supplier_name,
  CASE WHEN a % 11 = 3 THEN 'individuals' ELSE ['procurement','procurement','procurement','grant','transfer'][1 + text_no % 5] END AS scope,
  CASE WHEN a % 11 = 3 THEN '' ELSE ['45000000-7','79620000-6','55500000-5','45233000-9','79410000-1','79100000-5','85000000-9','48000000-8'][1 + text_no % 8] END AS cpv, 'model' AS judged_by, CAST(0.9 AS DECIMAL(4, 3)) AS confidence,
  CASE WHEN a % 11 <> 3 THEN CAST(hash(payee_no * 7 + text_no) // 4 AS BIGINT) END AS line_hash, CASE WHEN a % 11 <> 3 THEN CAST(hash(payee_no) // 4 AS BIGINT) END AS payee_hash
FROM placed p
JOIN files f ON f.file_no = p.file_no
ORDER BY f.body, date, p.file_no, row;
CREATE TABLE sheets AS
SELECT file_no, 1 AS sheet_no, '' AS member, '' AS sheet, 'cp1252' AS encoding, ',' AS delimiter, 1 AS header_row, count(*) + 1 AS physical, 0 AS preamble, 1 AS header, count(*) AS payments, 0 AS refused, 0 AS blank, 0 AS total, 0 AS note,
  CAST(sum(amount) AS BIGINT) AS readable_pence, CAST(sum(amount) AS BIGINT) AS payment_pence, 0 AS total_pence, 0 AS note_pence, 0 AS negative, min(date) AS date_from, max(date) AS date_to, 'dmy' AS date_order, 'unknown' AS vat_basis, '' AS vat_evidence, '[]' AS columns
FROM payments GROUP BY file_no ORDER BY file_no;
CREATE TABLE issues (file_no INTEGER, sheet_no INTEGER, row INTEGER, column_no INTEGER, field VARCHAR, kind VARCHAR, value VARCHAR);
CREATE TABLE coverage AS
SELECT body, financial_year, CAST(date_trunc('month', date) AS DATE) AS month, duty, 'held' AS status, 1 AS files, 0 AS superseded, count(*) AS payments, CAST(sum(amount) AS BIGINT) AS pence, 0 AS undated, 'unknown' AS vat_basis
FROM payments GROUP BY ALL ORDER BY ALL;
CREATE TABLE figures AS
SELECT body, financial_year, CAST(date_trunc('month', date) AS DATE) AS month, duty, 'total' AS dimension, '' AS key, count(*) AS payments, CAST(sum(amount) AS BIGINT) AS pence, 0 AS credit_pence
FROM payments GROUP BY ALL ORDER BY ALL;
CREATE TABLE comparisons AS SELECT body, financial_year, month, duty, 'Kind' AS kind, vat_basis, pence, 6 AS peers, pence + 1 AS median_pence, '' AS withheld FROM coverage;
CREATE TABLE downloads (dataset VARCHAR, publisher VARCHAR, financial_year VARCHAR, path VARCHAR, sha256 VARCHAR, bytes BIGINT, rows BIGINT);
CREATE TABLE release AS SELECT '2026-11-22.1' AS number, TIMESTAMP '2026-11-22 10:00:00' AS published, CAST(170 AS BIGINT) AS journal_length, sha256('journal') AS journal_head,
  (SELECT count(*) FROM payments) AS payments, CAST((SELECT sum(amount) FROM payments) AS BIGINT) AS pence, (SELECT count(*) FROM bodies) AS bodies, 400 AS publishers, (SELECT count(*) FROM files) AS files, 'test' AS program;
