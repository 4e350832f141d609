-- A serve.duckdb of made-up payments, as publish leaves it before its tables for searches, for measuring pages: 400 bodies over
-- eight years, a file a month each, numbered as they would arrive. As in the real corpus a body pays the same payees for the same
-- things again and again, and words are as common as they are rare. $rows is how many payments.
CREATE MACRO pick(list, h) AS list[1 + CAST(h % len(list) AS BIGINT)];
CREATE MACRO share(h) AS CAST(h % 1000003 AS DOUBLE) / 1000003;
-- One of 60,000 words by its place; the nth most common is in about one of 11 * n places, so that a word drawn from a payee's name is
-- in 13,000 of ten million payments at the median, as in the corpus. Texts have their own order.
CREATE MACRO spelt(n) AS (
  pick(['ba','ce','di','fo','gu','ha','je','ki','lo','mu','na','pe','ri','so','tu','va'], n) || pick(['ld','rn','st','ck','m','rth','ng','l','sh','nt','v','dge','p','x','tch','w'], n // 16) ||
  pick(['on','er','ley','ton','ing','ham','by','wick','a','well','combe','ford','den','mere','bridge','o'], n // 256) || pick(['','s','la','ne','ro','ti','mu','ve','da','ku','ze','fi','bo','gre','wa','pi'], n // 4096));
CREATE MACRO word(h) AS spelt(CAST(floor(pow(60000, share(h))) AS BIGINT));
CREATE MACRO text_word(h) AS spelt(CAST(floor(pow(60000, share(h))) AS BIGINT) * 7919 % 60000);
CREATE TABLE bodies AS
SELECT 'XX-B-' || n AS body, 'Body ' || word(hash(n)) || ' ' || n AS name, pick(['local','central','nhs'], n) AS sector, 'Kind ' || n % 7 AS kind,
  'p' || n AS publisher, 'OGL-UK-3.0' AS licence, 'Contains public sector information' AS attribution, 'body-' || n AS slug
FROM range(1, 401) t(n);
CREATE TABLE publishers AS SELECT publisher, name, body, sector, kind, 'LGTC500' AS duty, 50000 AS threshold_pence, licence, attribution, slug FROM bodies;
CREATE TABLE files AS
SELECT CAST((m - 1) * 400 + b AS INTEGER) AS file_no, sha256('f' || b || '-' || m) AS file, 'p' || b AS publisher, 'XX-B-' || b AS body, 'spend-' || m || '.csv' AS name,
  'https://example.org/' || b || '/' || m AS source, 50000 AS bytes, TIMESTAMP '2025-05-01 09:30:00' AS received, 'load' AS outcome, '' AS reason, 'LGTC500' AS duty,
  CAST(DATE '2017-04-01' + to_months(CAST(m - 1 AS INTEGER)) AS DATE) AS period_from, CAST(last_day(DATE '2017-04-01' + to_months(CAST(m - 1 AS INTEGER))) AS DATE) AS period_to,
  'name' AS period_basis, CAST(NULL AS INTEGER) AS superseded_by, true AS current
FROM range(1, 401) t(b), range(1, 97) u(m)
ORDER BY file_no;
-- One row: what a body pays a payee for: of its 1,000, the first are paid most often.
CREATE TEMP TABLE accounts AS
SELECT CAST(b AS INTEGER) AS b, CAST(k AS INTEGER) AS k, CAST(floor(pow(share(hash(b, k)), 2) * 600000) AS BIGINT) AS payee_no, hash(b, k, 1) AS text_no, hash(b, k, 2) % 11 = 3 AS person
FROM range(1, 401) t(b), range(1000) u(k);
CREATE TEMP TABLE told AS
SELECT *, CASE WHEN person THEN 'Individual' ELSE word(hash(payee_no)) || ' ' || word(hash(payee_no, 1)) || ' ' || word(hash(payee_no, 2)) || pick(['',' Ltd',' Limited',' Ltd',' LLP',' PLC'], payee_no) END AS payee,
  CASE WHEN person OR payee_no % 10 = 0 THEN '' ELSE 's' || lpad(to_hex(hash(payee_no // 2)), 16, '0') END AS supplier,
  CASE WHEN person OR payee_no % 10 = 0 THEN '' ELSE upper(word(hash(payee_no // 2 * 2)) || ' ' || word(hash(payee_no // 2 * 2, 1)) || ' ' || word(hash(payee_no // 2 * 2, 2))) END AS supplier_name,
  text_word(hash(text_no % 300)) || ' ' || text_word(hash(text_no % 300, 1)) AS expense_type,
  CASE WHEN NOT person THEN text_word(text_no) || ' ' || text_word(hash(text_no, 1)) || ' for ' || text_word(hash(text_no, 2)) END AS description,
  CASE WHEN person THEN 'individuals' ELSE pick(['procurement','procurement','procurement','grant','transfer'], text_no) END AS scope,
  CASE WHEN person THEN '' ELSE pick(['45000000-7','79620000-6','55500000-5','45233000-9','79410000-1','79100000-5','85000000-9','48000000-8','72000000-5','33000000-0'], text_no) END AS cpv
FROM accounts;
CREATE TABLE payments AS
WITH drawn AS (
  SELECT n, 1 + hash(n) % 400 AS b, 1 + hash(n, 1) % 96 AS m, CAST(floor(pow(share(hash(n, 2)), 3) * 1000) AS INTEGER) AS k, hash(n, 3) AS c FROM range($rows) t(n))
SELECT f.file_no, CAST(1 AS INTEGER) AS sheet_no, CAST(n // 38400 + 2 AS INTEGER) AS row, f.publisher, f.body, f.duty,
  (year(f.period_from) - CASE WHEN month(f.period_from) < 4 THEN 1 ELSE 0 END) || '/' || right(CAST(year(f.period_from) + CASE WHEN month(f.period_from) < 4 THEN 0 ELSE 1 END AS VARCHAR), 2) AS financial_year,
  CAST(f.period_from + to_days(CAST(c % 28 AS INTEGER)) AS DATE) AS date, 'payment' AS date_kind, CAST(50000 + (c // 128) % 9000000 AS BIGINT) AS amount, 'unknown' AS vat_basis,
  a.payee, CASE WHEN a.person THEN 'k1' END AS payee_key, CASE WHEN a.person THEN 'individual' ELSE 'organisation' END AS payee_class,
  CAST(NULL AS VARCHAR) AS department_family, CAST(NULL AS VARCHAR) AS entity, a.expense_type, 'Services' AS expense_area,
  CASE WHEN c % 30 = 7 THEN a.description || ' ref ' || n ELSE a.description END AS description, 'T' || n AS transaction,
  CAST(NULL AS VARCHAR) AS category, CAST(NULL AS VARCHAR) AS supplier_id, CAST(NULL AS VARCHAR) AS vat_amount, CAST(NULL AS VARCHAR) AS postcode,
  CAST(NULL AS VARCHAR) AS contract_reference, CAST(NULL AS VARCHAR) AS other, CAST(1 AS SMALLINT) AS date_column, CAST(4 AS SMALLINT) AS amount_column, CAST(2 AS SMALLINT) AS payee_column,
  a.supplier, a.supplier_name, a.scope, a.cpv, 'model' AS judged_by, CAST(0.9 AS DECIMAL(4, 3)) AS confidence, CAST(NULL AS VARCHAR) AS transaction_key,
  CASE WHEN NOT a.person THEN CAST(hash(a.payee, a.text_no, c % 30 = 7, CASE WHEN c % 30 = 7 THEN n END) // 4 AS BIGINT) END AS line_hash,
  CASE WHEN NOT a.person THEN CAST(hash(a.payee_no) // 4 AS BIGINT) END AS payee_hash
FROM drawn d
JOIN told a ON a.b = d.b AND a.k = d.k
JOIN files f ON f.file_no = (d.m - 1) * 400 + d.b
ORDER BY f.body, date, f.file_no, row;
CREATE TABLE sheets AS
SELECT file_no, 1 AS sheet_no, '' AS member, '' AS sheet, 'cp1252' AS encoding, ',' AS delimiter, 1 AS header_row, count(*) + 1 AS physical, 0 AS preamble, 1 AS header, count(*) AS payments,
  0 AS refused, 0 AS blank, 0 AS total, 0 AS note, CAST(sum(amount) AS BIGINT) AS readable_pence, CAST(sum(amount) AS BIGINT) AS payment_pence, 0 AS total_pence, 0 AS note_pence, 0 AS negative,
  min(date) AS date_from, max(date) AS date_to, 'dmy' AS date_order, 'unknown' AS vat_basis, '' AS vat_evidence, '[]' AS columns
FROM payments GROUP BY file_no ORDER BY file_no;
CREATE TABLE issues AS
SELECT file_no, sheet_no, row, 3 AS column_no, 'amount' AS field, 'amount_subpenny' AS kind, '12.345' AS value FROM payments WHERE row % 20 = 0 ORDER BY ALL;
CREATE TABLE coverage AS
SELECT body, financial_year, CAST(date_trunc('month', date) AS DATE) AS month, duty, 'held' AS status, CAST(1 AS BIGINT) AS files, CAST(0 AS BIGINT) AS superseded, count(*) AS payments,
  CAST(sum(amount) AS BIGINT) AS pence, CAST(0 AS BIGINT) AS undated, 'unknown' AS vat_basis
FROM payments GROUP BY ALL ORDER BY ALL;
CREATE TABLE figures AS
SELECT body, financial_year, CAST(date_trunc('month', date) AS DATE) AS month, duty, d.dimension, CASE d.dimension WHEN 'total' THEN '' WHEN 'payee' THEN payee ELSE expense_type END AS key,
  count(*) AS payments, CAST(sum(amount) AS BIGINT) AS pence, CAST(0 AS BIGINT) AS credit_pence, CAST(0 AS BIGINT) AS repeated_pence, CAST(sum(amount) AS BIGINT) AS comparable_pence
FROM payments, (VALUES ('total'), ('payee'), ('expense_type')) d(dimension) GROUP BY ALL ORDER BY ALL;
CREATE TABLE comparisons AS SELECT body, financial_year, month, duty, 'Kind' AS kind, vat_basis, pence, 6 AS peers, pence + 1 AS median_pence, '' AS withheld FROM coverage;
CREATE TABLE downloads (dataset VARCHAR, publisher VARCHAR, financial_year VARCHAR, path VARCHAR, sha256 VARCHAR, bytes BIGINT, rows BIGINT);
CREATE TABLE release AS SELECT '2026-11-22.1' AS number, TIMESTAMP '2026-11-22 10:00:00' AS published, CAST(170 AS BIGINT) AS journal_length, sha256('journal') AS journal_head,
  (SELECT count(*) FROM payments) AS payments, CAST((SELECT sum(amount) FROM payments) AS BIGINT) AS pence, (SELECT count(*) FROM bodies) AS bodies,
  (SELECT count(*) FROM publishers) AS publishers, (SELECT count(*) FROM files) AS files, 'bench' AS program;
-- What the warehouse knows beside payments.
CREATE TEMP TABLE register AS SELECT 'XX-B-' || n AS body, 'Region ' || n % 9 AS region, 'England' AS nation FROM range(1, 401) t(n);
CREATE TEMP TABLE suppliers AS SELECT supplier, any_value(supplier_name) AS name, 'company' AS kind, '' AS body, '' AS company_number, '' AS charity_number FROM payments WHERE supplier <> '' GROUP BY supplier;
CREATE TEMP TABLE supplier_links (a VARCHAR, b VARCHAR, reason VARCHAR);
CREATE TEMP TABLE lines AS SELECT line_hash, any_value(scope) AS scope, any_value(cpv) AS category, any_value(cpv) AS likely, any_value(confidence) AS confidence, 'model' AS method, 'its words are mostly seen there' AS reason, 'bench' AS version
FROM payments WHERE line_hash IS NOT NULL GROUP BY line_hash;
CREATE TEMP TABLE payees AS SELECT payee_hash, any_value(supplier) AS supplier, CAST(0.97 AS DECIMAL(4, 3)) AS confidence, 'name' AS method, 'the same name' AS reason, 'bench' AS version
FROM payments WHERE payee_hash IS NOT NULL GROUP BY payee_hash;
CREATE TEMP TABLE replaced AS SELECT DISTINCT 'payments' AS dataset, publisher AS owner, financial_year FROM payments
