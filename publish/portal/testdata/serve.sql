-- A small serve.duckdb of made-up bodies, as publish makes them. Seven districts over two years, one department with a
-- workbook and a nil month, one trust with naughty text and nothing else.
CREATE TABLE bodies (body VARCHAR, name VARCHAR, sector VARCHAR, kind VARCHAR, publisher VARCHAR, licence VARCHAR, attribution VARCHAR, slug VARCHAR);
INSERT INTO bodies
SELECT 'XX-D-' || n, ['Northmere','Easterby','Westcombe','Southwold Vale','Midholme','Farrowdale','Lowmarsh'][n] || ' District Council', 'local', 'Non-metropolitan district',
  'd' || n, 'OGL-UK-3.0', 'Contains public sector information licensed under the Open Government Licence v3.0.',
  lower(['northmere','easterby','westcombe','southwold-vale','midholme','farrowdale','lowmarsh'][n]) || '-district-council' FROM range(1, 8) t(n);
INSERT INTO bodies VALUES
  ('XX-C-1', 'Department for Lanterns', 'central', 'Ministerial department', 'lanterns', 'OGL-UK-3.0', 'Crown copyright', 'department-for-lanterns'),
  ('XX-N-1', 'Trust <script>alert("name")</script> ' || chr(8238) || 'gnp.exe', 'nhs', '', 'naughty', 'OGL-UK-3.0', '"><img src=x onerror=alert(1)>', 'naughty');
CREATE TABLE publishers (publisher VARCHAR, name VARCHAR, body VARCHAR, sector VARCHAR, kind VARCHAR, duty VARCHAR, threshold_pence BIGINT, licence VARCHAR, attribution VARCHAR, slug VARCHAR);
INSERT INTO publishers SELECT publisher, name, body, sector, kind, CASE sector WHEN 'local' THEN 'LGTC500' ELSE 'HMT25K' END, 50000, licence, attribution, slug FROM bodies;

CREATE TABLE files (file_no INTEGER, file VARCHAR, publisher VARCHAR, body VARCHAR, name VARCHAR, source VARCHAR, bytes BIGINT, received TIMESTAMP,
  outcome VARCHAR, reason VARCHAR, duty VARCHAR, period_from DATE, period_to DATE, period_basis VARCHAR, superseded_by INTEGER, current BOOLEAN);
-- Files 1 to 161 but for some: a district's month each. 1000 + n are the department's. 2001 is naughty.
INSERT INTO files
SELECT n * 23 + m - 23, sha256('d' || n || '-' || m), 'd' || n, 'XX-D-' || n, 'spend-' || strftime(DATE '2023-04-01' + to_months(CAST(m AS INTEGER) - 1), '%Y-%m') || '.csv',
  'https://d' || n || '.example/spend', 12345 + m, TIMESTAMP '2025-05-01 09:30:00', 'load', '', 'LGTC500',
  DATE '2023-04-01' + to_months(CAST(m AS INTEGER) - 1), last_day(DATE '2023-04-01' + to_months(CAST(m AS INTEGER) - 1)), 'name', NULL, true
FROM range(1, 8) t(n), range(1, 24) u(m);
INSERT INTO files VALUES
  (1001, sha256('book'), 'lanterns', 'XX-C-1', 'lanterns april.xlsx', 'https://lanterns.example/april.xlsx', 40960, TIMESTAMP '2024-06-02 10:00:00', 'load', '', 'HMT25K', DATE '2024-04-01', DATE '2024-04-30', 'declared', 1002, false),
  (1002, sha256('book again'), 'lanterns', 'XX-C-1', 'lanterns april corrected.xlsx', '', 41961, TIMESTAMP '2024-07-02 10:00:00', 'load', '', 'HMT25K', DATE '2024-04-01', DATE '2024-04-30', 'content', NULL, true),
  (1003, sha256('nil'), 'lanterns', 'XX-C-1', 'lanterns may.csv', '', 80, TIMESTAMP '2024-07-02 10:00:00', 'empty', 'The file says there is nothing to report.', 'HMT25K', DATE '2024-05-01', DATE '2024-05-31', 'name', NULL, true),
  (1004, sha256('page'), 'lanterns', 'XX-C-1', 'lanterns june.csv', '', 8000, TIMESTAMP '2024-07-02 10:00:00', 'refuse', 'This is a web page, not a table. Send the CSV file that the page links to.', '', NULL, NULL, 'none', NULL, false),
  (1005, sha256('book again'), 'd1', 'XX-D-1', 'the same book.xlsx', '', 41961, TIMESTAMP '2024-08-02 10:00:00', 'load', '', 'OTHER', DATE '2024-04-01', DATE '2024-04-30', 'content', NULL, true),
  (2001, sha256('naughty'), 'naughty', 'XX-N-1', '../../etc/passwd<b>.csv' || chr(8238), 'https://naughty.example/"><script>', 66, TIMESTAMP '2024-07-02 10:00:00', 'load', '', 'HMT25K', NULL, NULL, 'none', NULL, true);

CREATE TABLE sheets (file_no INTEGER, sheet_no INTEGER, member VARCHAR, sheet VARCHAR, encoding VARCHAR, delimiter VARCHAR, header_row INTEGER,
  physical BIGINT, preamble BIGINT, header BIGINT, payments BIGINT, refused BIGINT, blank BIGINT, total BIGINT, note BIGINT,
  readable_pence BIGINT, payment_pence BIGINT, total_pence BIGINT, note_pence BIGINT, negative BIGINT, date_from DATE, date_to DATE, date_order VARCHAR,
  vat_basis VARCHAR, vat_evidence VARCHAR, columns VARCHAR);

CREATE TABLE payments (
  file_no INTEGER, sheet_no INTEGER, row INTEGER, publisher VARCHAR, body VARCHAR, duty VARCHAR, financial_year VARCHAR,
  date DATE, date_kind VARCHAR, amount BIGINT, vat_basis VARCHAR, payee VARCHAR, payee_key VARCHAR, payee_class VARCHAR,
  department_family VARCHAR, entity VARCHAR, expense_type VARCHAR, expense_area VARCHAR, description VARCHAR,
  transaction VARCHAR, category VARCHAR, supplier_id VARCHAR, vat_amount VARCHAR, postcode VARCHAR,
  contract_reference VARCHAR, other VARCHAR, date_column SMALLINT, amount_column SMALLINT, payee_column SMALLINT);
INSERT INTO payments
SELECT f.file_no, 1, r + 1, f.publisher, f.body, f.duty, CASE WHEN f.period_from < DATE '2024-04-01' THEN '2023/24' ELSE '2024/25' END,
  CASE WHEN r = 9 THEN NULL ELSE CAST(f.period_from + to_days(CAST(r * 3 - 3 AS INTEGER)) AS DATE) END, 'payment', CASE WHEN r = 5 THEN -12550 ELSE 60000 + r * 1234 + f.file_no * 1000 END, 'unknown',
  CASE r WHEN 3 THEN 'Individual' WHEN 7 THEN 'Redacted (commercial)' ELSE ['Alder & Ash Ltd','BRIGHT  Lamps Ltd','','Copper Kettle Catering','Dunmore Roads plc','Elm Consulting','','Fernley Care Ltd','Alder & Ash Ltd'][r] END,
  CASE r WHEN 3 THEN 'k' || substr(md5(f.body), 1, 11) END, CASE r WHEN 3 THEN 'individual' WHEN 7 THEN 'redacted-commercial' ELSE 'organisation' END,
  NULL, f.publisher, ['Repairs','Lighting','Allowances','Catering','Roads','Consultancy','Legal','Care','Repairs'][r], 'Services', CASE r WHEN 3 THEN NULL ELSE 'Line ' || r || ' of the month' END,
  CASE r WHEN 3 THEN NULL ELSE 'T' || r END, NULL, NULL, NULL, NULL, NULL, CASE r WHEN 1 THEN '{"Ward":"North","Notes":"as published"}' END, 1, 4, 2
FROM files f, range(1, 10) t(r) WHERE f.duty = 'LGTC500';
INSERT INTO payments VALUES
  (1002, 2, 12, 'lanterns', 'XX-C-1', 'HMT25K', '2024/25', DATE '2024-04-04', 'invoice', 123450, 'net', 'Fernley Care Ltd', NULL, 'organisation',
   'Lanterns', 'Department for Lanterns', 'Wicks', 'Lighting', 'Wicks and oil', 'L-77', NULL, '01234567', '246.90', 'LN1 1AA', NULL, NULL, 3, 28, 5),
  (1005, 2, 12, 'd1', 'XX-D-1', 'OTHER', '2024/25', DATE '2024-04-04', 'invoice', 123450, 'net', 'Fernley Care Ltd', NULL, 'organisation',
   'Lanterns', 'Department for Lanterns', 'Wicks', 'Lighting', 'Wicks and oil', 'L-77', NULL, '01234567', '246.90', 'LN1 1AA', NULL, NULL, 3, 28, 5);
-- The naughty: markup, a formula, direction and control characters, a script address, very long text, other alphabets.
INSERT INTO payments
SELECT 2001, 1, n + 1, 'naughty', 'XX-N-1', 'HMT25K', '', NULL, 'unknown', 100 * n, 'unknown', t, NULL, 'organisation',
  t, t, t, t, t, t, t, t, t, t, t, CAST(json_object(t, t, '</dl><script>alert(2)</script>', 'x') AS VARCHAR), 0, 2, 1
FROM (VALUES (1, '<script>alert("payee")</script>'), (2, '"><img src=x onerror=alert(1)>'), (3, 'javascript:alert(1)'),
  (4, 'left' || chr(8238) || 'thgir' || chr(8236) || chr(7) || chr(27) || '[31m'), (5, '=cmd|''/c calc''!A1'), (6, repeat('very long ', 2000)),
  (7, 'שלום עולם'), (8, '{{.}} {% raw %} ${x} %s %d'), (9, 'a' || chr(10) || 'b' || chr(9) || 'c'), (10, '&lt;b&gt; &amp; ''quotes'''),
  (11, chr(129518) || chr(8203) || chr(65279) || 'x'), (12, '../../about?x=1#y/%2e%2e')) v(n, t);

INSERT INTO sheets
SELECT f.file_no, p.sheet_no, '', CASE WHEN f.name LIKE '%.xlsx' THEN 'Payments' ELSE '' END, CASE WHEN f.name LIKE '%.xlsx' THEN '' ELSE 'cp1252' END, CASE WHEN f.name LIKE '%.xlsx' THEN '' ELSE ',' END, 1,
  count(*) + 4, 1, 1, count(*), 1, 0, 1, 0, 2 * sum(p.amount), sum(p.amount), sum(p.amount), 0, count(*) FILTER (WHERE p.amount < 0),
  min(p.date), max(p.date), 'dmy', any_value(p.vat_basis), CASE WHEN any_value(p.vat_basis) = 'net' THEN 'a VAT column stands beside the amount' ELSE '' END,
  CASE WHEN f.file_no = 2001 THEN '[{"Column":1,"Header":"<script>alert(3)</script>","Field":"supplier"},{"Column":2,"Header":"Amount","Field":"amount"}]'
    WHEN f.name LIKE '%.xlsx' THEN '[{"Column":3,"Header":"Invoice date","Field":"date"},{"Column":5,"Header":"Supplier","Field":"supplier"},{"Column":28,"Header":"Net amount","Field":"amount"},{"Column":7,"Header":"","Field":""}]'
    ELSE '[{"Column":1,"Header":"Date","Field":"date"},{"Column":2,"Header":"Payee","Field":"supplier"},{"Column":3,"Header":"Purpose","Field":"description"},{"Column":4,"Header":"Amount","Field":"amount"},{"Column":5,"Header":"Ward","Field":""}]' END
FROM files f JOIN payments p ON p.file_no = f.file_no GROUP BY f.file_no, f.name, p.sheet_no ORDER BY f.file_no;
INSERT INTO sheets SELECT 1001, 2, '', 'Payments', '', '', 1, 3, 0, 1, 1, 0, 0, 1, 0, 200000, 100000, 100000, 0, 0, DATE '2024-04-04', DATE '2024-04-04', 'serial', 'net', 'header', '[]';

CREATE TABLE issues (file_no INTEGER, sheet_no INTEGER, row INTEGER, column_no INTEGER, field VARCHAR, kind VARCHAR, value VARCHAR);
INSERT INTO issues SELECT file_no, 1, 10, 1, 'date', 'date_missing', '' FROM files WHERE duty = 'LGTC500';
INSERT INTO issues SELECT file_no, 1, 12, 4, 'amount', 'total_row', '1234.00' FROM files WHERE duty = 'LGTC500';
INSERT INTO issues VALUES (1002, 2, 12, 28, 'amount', 'amount_subpenny', '1234.501'), (1002, 2, 0, 0, '', 'encoding_not_utf8', ''),
  (2001, 1, 2, 2, 'amount', 'a_kind_not_in_the_list', '<script>alert(4)</script>' || chr(8238));

CREATE TABLE coverage (body VARCHAR, financial_year VARCHAR, month DATE, duty VARCHAR, status VARCHAR, files BIGINT, superseded BIGINT, payments BIGINT, pence BIGINT, undated BIGINT, vat_basis VARCHAR);
INSERT INTO coverage
SELECT p.body, CASE WHEN f.period_from IS NULL THEN '' WHEN f.period_from < DATE '2024-04-01' THEN '2023/24' ELSE '2024/25' END, f.period_from, p.duty,
  CASE WHEN f.period_from IS NULL THEN 'stray' ELSE 'held' END, 1, 0, count(*), sum(p.amount), count(*) FILTER (WHERE p.date IS NULL), min(p.vat_basis)
FROM payments p JOIN files f ON f.file_no = p.file_no GROUP BY p.body, f.period_from, p.duty ORDER BY p.body, f.period_from;
INSERT INTO coverage VALUES ('XX-C-1', '2024/25', DATE '2024-05-01', 'HMT25K', 'nil', 1, 0, 0, 0, 0, 'unknown'), ('XX-C-1', '2024/25', DATE '2024-06-01', 'HMT25K', 'missing', 0, 0, 0, 0, 0, 'unknown'),
  ('XX-C-1', '2024/25', DATE '2024-07-01', 'HMT25K', 'stray', 0, 0, 0, 0, 0, 'unknown');

CREATE TABLE figures (body VARCHAR, financial_year VARCHAR, month DATE, duty VARCHAR, dimension VARCHAR, key VARCHAR, payments BIGINT, pence BIGINT, credit_pence BIGINT);
INSERT INTO figures
SELECT p.body, CASE WHEN f.period_from IS NULL THEN '' WHEN f.period_from < DATE '2024-04-01' THEN '2023/24' ELSE '2024/25' END, f.period_from, p.duty, d.dimension,
  CASE d.dimension WHEN 'total' THEN '' WHEN 'payee' THEN CASE p.payee_class WHEN 'organisation' THEN p.payee WHEN 'individual' THEN 'Individual' ELSE 'Redacted (commercial)' END ELSE p.expense_type END,
  count(*), sum(p.amount), COALESCE(sum(p.amount) FILTER (WHERE p.amount < 0), 0)
FROM payments p JOIN files f ON f.file_no = p.file_no, (VALUES ('total'), ('payee'), ('expense_type')) d(dimension)
GROUP BY ALL ORDER BY ALL;

CREATE TABLE comparisons (body VARCHAR, financial_year VARCHAR, month DATE, duty VARCHAR, kind VARCHAR, vat_basis VARCHAR, pence BIGINT, peers BIGINT, median_pence BIGINT, withheld VARCHAR);
INSERT INTO comparisons SELECT body, financial_year, month, duty, 'Non-metropolitan district', vat_basis, pence, 6, pence + 1, '' FROM coverage WHERE body LIKE 'XX-D-%' AND duty = 'LGTC500';
INSERT INTO comparisons VALUES ('XX-C-1', '2024/25', DATE '2024-04-01', 'HMT25K', 'Ministerial department', 'net', 123450, 0, NULL, 'no other body of the kind "Ministerial department" published April 2024 on the same basis; at least 5 are needed');

CREATE TABLE downloads (dataset VARCHAR, publisher VARCHAR, financial_year VARCHAR, path VARCHAR, sha256 VARCHAR, bytes BIGINT, rows BIGINT);
INSERT INTO downloads
SELECT 'payments', publisher, financial_year, 'objects/ab/' || 'ab' || substr(sha256(publisher || financial_year), 3), sha256('PARQUET'), 7, count(*) FROM payments GROUP BY ALL ORDER BY ALL;
INSERT INTO downloads
SELECT 'figures', body, financial_year, 'objects/ab/' || 'ab' || substr(sha256(body || financial_year), 3), sha256('PARQUET'), 7, count(*) FROM figures GROUP BY ALL ORDER BY ALL;
INSERT INTO downloads VALUES ('coverage', '', '', 'releases/2026-11-22.1/coverage.parquet', sha256('PARQUET'), 7, 1);

CREATE TABLE release AS SELECT '2026-11-22.1' AS number, TIMESTAMP '2026-11-22 10:00:00' AS published, CAST(170 AS BIGINT) AS journal_length, sha256('journal') AS journal_head,
  (SELECT count(*) FROM payments) AS payments, CAST((SELECT sum(amount) FROM payments) AS BIGINT) AS pence, (SELECT count(*) FROM bodies) AS bodies,
  (SELECT count(*) FROM publishers) AS publishers, (SELECT count(*) FROM files) AS files, 'test' AS program;
-- One row: a transaction; comparisons are made from them.
CREATE TABLE transactions (body VARCHAR);
