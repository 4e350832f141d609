-- The tables by which pages search, made anew for each release from what is published: serving.payments, serving.files
-- and serving.bodies; from the warehouse come the register of bodies, suppliers and their links, and the judgements.
-- Numbers (body_no, supplier_no, payee_id, text_id) hold within one release only: they keep the tables small and sorted.
-- A payee who may be a private person, and one that the publisher redacted without saying why, is never in a table of words,
-- names or suppliers, and neither are the texts beside it.

-- The words of a text, folded: lower case, no accents, no apostrophes; each once.
CREATE OR REPLACE MACRO serving.words(t) AS
  list_distinct(regexp_extract_all(lower(strip_accents(replace(replace(t, '''', ''), chr(8217), ''))), '[\p{L}\p{N}]+'));

-- One row: a body that published payments are counted under, by number, with its region where the register has it.
CREATE OR REPLACE TABLE serving.search_bodies AS
SELECT CAST(row_number() OVER (ORDER BY b.body) AS INTEGER) AS body_no, b.body, b.name, b.slug, b.sector, b.kind,
  COALESCE(NULLIF(r.region, ''), NULLIF(r.nation, ''), '') AS region
FROM serving.bodies b
LEFT JOIN (SELECT body, min(region) AS region, min(nation) AS nation FROM register GROUP BY body) r ON r.body = b.body
ORDER BY body_no;

-- One row: a supplier that may have a page, with its payees (first_payee to last_payee) and what it was paid.
CREATE OR REPLACE TABLE serving.search_suppliers AS
WITH paid AS (
  SELECT supplier, count(*) AS payments, CAST(sum(amount) AS BIGINT) AS pence, count(DISTINCT body) AS bodies,
    count(DISTINCT payee) AS payees, min(date) AS first, max(date) AS last
  FROM serving.payments
  WHERE supplier <> '' AND payee_class = 'organisation'
  GROUP BY supplier)
SELECT CAST(row_number() OVER (ORDER BY s.supplier) AS INTEGER) AS supplier_no, s.supplier, s.name, s.kind, s.body,
  s.company_number, s.charity_number, p.payments, p.pence, CAST(p.bodies AS BIGINT) AS bodies, CAST(p.payees AS BIGINT) AS payees, p.first, p.last
FROM paid p
JOIN suppliers s ON s.supplier = p.supplier
WHERE s.kind NOT IN ('person', 'redacted')
ORDER BY supplier_no;

-- One row: two suppliers that are related and not the same, each way.
CREATE OR REPLACE TABLE serving.search_links AS
SELECT x.supplier_no, y.supplier_no AS other_no, l.reason
FROM (SELECT a, b, reason FROM supplier_links UNION SELECT b, a, reason FROM supplier_links) l
JOIN serving.search_suppliers x ON x.supplier = l.a
JOIN serving.search_suppliers y ON y.supplier = l.b
ORDER BY 1, 2, 3;

-- One row: a distinct payee, an organisation, as published; supplier_no is 0 where its supplier is left open.
CREATE OR REPLACE TABLE serving.search_payees AS
SELECT CAST(row_number() OVER (ORDER BY supplier_no, payee) AS INTEGER) AS payee_id, payee, supplier_no, payments, pence, bodies, last
FROM (
  SELECT p.payee, COALESCE(s.supplier_no, 0) AS supplier_no, count(*) AS payments, CAST(sum(p.amount) AS BIGINT) AS pence,
    CAST(count(DISTINCT p.body) AS BIGINT) AS bodies, max(p.date) AS last
  FROM serving.payments p
  LEFT JOIN serving.search_suppliers s ON s.supplier = p.supplier
  WHERE p.payee_class = 'organisation' AND p.payee <> ''
  GROUP BY p.payee, s.supplier_no)
ORDER BY payee_id;

-- One row: a distinct pair of the publisher's expense type and description.
CREATE OR REPLACE TABLE serving.search_texts AS
SELECT CAST(row_number() OVER (ORDER BY expense_type, description) AS INTEGER) AS text_id, expense_type, description, payments, pence
FROM (
  SELECT COALESCE(expense_type, '') AS expense_type, COALESCE(description, '') AS description, count(*) AS payments, CAST(sum(amount) AS BIGINT) AS pence
  FROM serving.payments
  WHERE payee_class IN ('organisation', 'redacted-commercial', 'missing')
    AND (COALESCE(expense_type, '') <> '' OR COALESCE(description, '') <> '')
  GROUP BY ALL)
ORDER BY text_id;

-- One row: a word of a payee's or its supplier's name.
CREATE OR REPLACE TABLE serving.search_payee_words AS
SELECT w.word, w.payee_id
FROM (
  SELECT p.payee_id, unnest(serving.words(p.payee || ' ' || COALESCE(s.name, ''))) AS word
  FROM serving.search_payees p
  LEFT JOIN serving.search_suppliers s ON s.supplier_no = p.supplier_no) w
WHERE length(w.word) <= 40
ORDER BY w.word, w.payee_id;

-- One row: a word of an expense type or description.
CREATE OR REPLACE TABLE serving.search_text_words AS
SELECT w.word, w.text_id
FROM (SELECT text_id, unnest(serving.words(expense_type || ' ' || description)) AS word FROM serving.search_texts) w
WHERE length(w.word) <= 40
ORDER BY w.word, w.text_id;

-- One row: a published payment, as a search narrows it. counted is the day it counts under: its own date, or the first of
-- its file's period where that is not to be believed, or 1900-01-01 where neither is known. cpv is a CPV code without its
-- check digit, 0 for none. Sorted by body; three further copies follow, sorted by payee, by text, and the latest first.
CREATE OR REPLACE TABLE serving.search_by_body AS
SELECT b.body_no, COALESCE(y.payee_id, 0) AS payee_id, COALESCE(y.supplier_no, 0) AS supplier_no, COALESCE(t.text_id, 0) AS text_id,
  COALESCE(CASE WHEN p.date >= DATE '1990-01-01' AND p.date <= CAST(f.received + INTERVAL '1' YEAR AS DATE) THEN p.date ELSE f.period_from END, DATE '1900-01-01') AS counted,
  p.amount AS pence, CASE WHEN p.scope = '' THEN 'unknown' ELSE COALESCE(p.scope, 'unknown') END AS scope,
  COALESCE(TRY_CAST(substr(p.cpv, 1, 8) AS INTEGER), 0) AS cpv, p.payee_class, p.file_no, p.sheet_no, p.row
FROM (
  SELECT *, CASE WHEN payee_class = 'organisation' THEN payee END AS named,
    CASE WHEN supplier IN (SELECT supplier FROM serving.search_suppliers) THEN supplier ELSE '' END AS shown_supplier,
    CASE WHEN payee_class IN ('organisation', 'redacted-commercial', 'missing') THEN COALESCE(expense_type, '') END AS told_type,
    CASE WHEN payee_class IN ('organisation', 'redacted-commercial', 'missing') THEN COALESCE(description, '') END AS told
  FROM serving.payments) p
JOIN serving.search_bodies b ON b.body = p.body
JOIN serving.files f ON f.file_no = p.file_no
LEFT JOIN (
  SELECT y.payee_id, y.supplier_no, y.payee, COALESCE(s.supplier, '') AS supplier
  FROM serving.search_payees y LEFT JOIN serving.search_suppliers s ON s.supplier_no = y.supplier_no) y ON y.payee = p.named AND y.supplier = p.shown_supplier
LEFT JOIN serving.search_texts t ON t.expense_type = p.told_type AND t.description = p.told
ORDER BY b.body_no, counted, p.file_no, p.sheet_no, p.row;
CREATE OR REPLACE TABLE serving.search_by_payee AS
SELECT * FROM serving.search_by_body WHERE payee_id > 0 ORDER BY payee_id, counted, file_no, sheet_no, row;
CREATE OR REPLACE TABLE serving.search_by_text AS
SELECT * FROM serving.search_by_body WHERE text_id > 0 ORDER BY text_id, counted, file_no, sheet_no, row;
CREATE OR REPLACE TABLE serving.search_by_date AS
SELECT * FROM serving.search_by_body ORDER BY counted DESC, file_no DESC, sheet_no DESC, row DESC;

-- One row: what a body paid in a month, by scope and category: the totals of searches without words.
CREATE OR REPLACE TABLE serving.search_totals AS
SELECT body_no, CAST(date_trunc('month', counted) AS DATE) AS counted, scope, cpv, count(*) AS payments, CAST(sum(pence) AS BIGINT) AS pence
FROM serving.search_by_body
GROUP BY ALL
ORDER BY body_no, counted, scope, cpv;

-- One row: what a body paid under a category in a financial year, by its first calendar year.
CREATE OR REPLACE TABLE serving.search_buyers AS
SELECT cpv, body_no, CAST(year(counted) - CASE WHEN month(counted) < 4 THEN 1 ELSE 0 END AS INTEGER) AS first_year,
  CAST(sum(payments) AS BIGINT) AS payments, CAST(sum(pence) AS BIGINT) AS pence
FROM serving.search_totals
GROUP BY ALL
ORDER BY cpv, body_no, first_year;

-- One row: what was paid to a supplier at and below a category, the most first; place 0 is all suppliers together, with how many
-- suppliers and bodies there are. A category of two digits is a division; node 0 is what is not categorised.
CREATE OR REPLACE TABLE serving.search_sellers AS
WITH levels (unit) AS (VALUES (1), (10), (100), (1000), (10000), (100000), (1000000)),
paid AS MATERIALIZED (
  SELECT cpv, supplier_no, body_no, count(*) AS payments, CAST(sum(pence) AS BIGINT) AS pence
  FROM serving.search_by_body GROUP BY ALL),
nodes AS (
  SELECT DISTINCT cpv, CAST(cpv // unit * unit AS INTEGER) AS node FROM (SELECT DISTINCT cpv FROM paid), levels),
sums AS (
  SELECT n.node, p.supplier_no, CAST(sum(p.payments) AS BIGINT) AS payments, CAST(sum(p.pence) AS BIGINT) AS pence
  FROM (SELECT cpv, supplier_no, sum(payments) AS payments, sum(pence) AS pence FROM paid GROUP BY cpv, supplier_no) p
  JOIN nodes n ON n.cpv = p.cpv
  GROUP BY n.node, p.supplier_no),
whole AS (
  SELECT n.node, count(DISTINCT p.body_no) AS bodies FROM (SELECT DISTINCT cpv, body_no FROM paid) p JOIN nodes n ON n.cpv = p.cpv GROUP BY n.node),
ranked AS (
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY node ORDER BY pence DESC, supplier_no) AS place FROM sums WHERE supplier_no > 0)
  WHERE place <= 500),
payers AS (
  SELECT r.node, r.supplier_no, count(DISTINCT p.body_no) AS bodies
  FROM ranked r
  JOIN nodes n ON n.node = r.node
  JOIN paid p ON p.cpv = n.cpv AND p.supplier_no = r.supplier_no
  GROUP BY r.node, r.supplier_no)
SELECT r.node, CAST(r.place AS INTEGER) AS place, r.supplier_no, r.payments, r.pence, p.bodies, CAST(0 AS BIGINT) AS suppliers
FROM ranked r JOIN payers p ON p.node = r.node AND p.supplier_no = r.supplier_no
UNION ALL
SELECT s.node, 0, 0, CAST(sum(s.payments) AS BIGINT), CAST(sum(s.pence) AS BIGINT), min(w.bodies), count(*) FILTER (WHERE s.supplier_no > 0)
FROM sums s JOIN whole w ON w.node = s.node
GROUP BY s.node
ORDER BY node, place;

-- A payment's place as one number, in the order of file, sheet and row: the least of many is found faster than by three.
CREATE OR REPLACE MACRO serving.place_of(f, s, r) AS CAST(f AS HUGEINT) * 18446744073709551616 + CAST(s AS HUGEINT) * 4294967296 + CAST(r AS HUGEINT);

-- One row: the judgement of scope and category that published payments rest on, with what hangs on it.
CREATE OR REPLACE TABLE serving.line_judgements AS
WITH used AS (
  SELECT line_hash, count(*) AS payments, CAST(sum(abs(amount)) AS BIGINT) AS stake, min(serving.place_of(file_no, sheet_no, row)) AS example
  FROM serving.payments WHERE line_hash IS NOT NULL GROUP BY line_hash)
SELECT l.line_hash, l.scope, l.category, l.likely, l.confidence, l.method, l.reason, l.version, u.payments, u.stake,
  CAST(u.example // 18446744073709551616 AS INTEGER) AS file_no, CAST(u.example // 4294967296 % 4294967296 AS INTEGER) AS sheet_no,
  CAST(u.example % 4294967296 AS INTEGER) AS row
FROM used u JOIN lines l ON l.line_hash = u.line_hash
ORDER BY l.line_hash;

-- One row: the judgement of the supplier that published payments rest on, with what hangs on it.
CREATE OR REPLACE TABLE serving.payee_judgements AS
WITH used AS (
  SELECT payee_hash, count(*) AS payments, CAST(sum(abs(amount)) AS BIGINT) AS stake, min(serving.place_of(file_no, sheet_no, row)) AS example
  FROM serving.payments WHERE payee_hash IS NOT NULL AND payee_class = 'organisation' GROUP BY payee_hash)
SELECT y.payee_hash, y.supplier, y.confidence, y.method, y.reason, y.version, u.payments, u.stake,
  CAST(u.example // 18446744073709551616 AS INTEGER) AS file_no, CAST(u.example // 4294967296 % 4294967296 AS INTEGER) AS sheet_no,
  CAST(u.example % 4294967296 AS INTEGER) AS row
FROM used u JOIN payees y ON y.payee_hash = u.payee_hash
ORDER BY y.payee_hash;

-- One row: a judgement worth a person's look: those where most pounds hang on the least confidence come first.
CREATE OR REPLACE TABLE serving.review AS
SELECT CAST(row_number() OVER (ORDER BY doubt DESC, what, hash) AS INTEGER) AS place, *
FROM (
  SELECT 'line' AS what, line_hash AS hash, scope AS judged, category AS detail, confidence, method, reason, payments, stake,
    file_no, sheet_no, row, CAST(stake * (1 - CAST(confidence AS DECIMAL(18, 3))) AS BIGINT) AS doubt
  FROM serving.line_judgements
  UNION ALL
  SELECT 'payee', payee_hash, supplier, '', confidence, method, reason, payments, stake,
    file_no, sheet_no, row, CAST(stake * (1 - CAST(confidence AS DECIMAL(18, 3))) AS BIGINT)
  FROM serving.payee_judgements)
ORDER BY doubt DESC, what, hash
LIMIT 2000;
