-- Brings the tables by which pages search up to date with serving.payments: only the rows of slices that are replaced are made
-- again, and what comes of them. From the warehouse come the register of bodies, suppliers and their links.

-- One row: a slice that is replaced, and those of its files that have payments.
INSERT INTO serving.search_slices
SELECT (SELECT COALESCE(max(slice_no), 0) FROM serving.search_slices) + row_number() OVER (ORDER BY owner, financial_year), owner, financial_year
FROM (SELECT DISTINCT owner, financial_year FROM replaced WHERE dataset = 'payments')
WHERE (owner, financial_year) NOT IN (SELECT publisher, financial_year FROM serving.search_slices);
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT DISTINCT p.file_no, s.slice_no
FROM serving.payments p
JOIN serving.search_slices s ON s.publisher = p.publisher AND s.financial_year = p.financial_year
WHERE (p.publisher, p.financial_year) IN (SELECT owner, financial_year FROM replaced WHERE dataset = 'payments');

-- One row: a body, which keeps its number.
CREATE OR REPLACE TABLE serving.search_bodies AS
SELECT CAST(COALESCE(o.body_no, (SELECT COALESCE(max(body_no), 0) FROM serving.search_bodies) +
    row_number() OVER (PARTITION BY o.body_no IS NULL ORDER BY b.body)) AS INTEGER) AS body_no,
  b.body, b.name, b.slug, b.sector, b.kind, COALESCE(NULLIF(r.region, ''), NULLIF(r.nation, ''), '') AS region
FROM serving.bodies b
LEFT JOIN serving.search_bodies o ON o.body = b.body
LEFT JOIN (SELECT body, min(region) AS region, min(nation) AS nation FROM register GROUP BY body) r ON r.body = b.body
ORDER BY 1;

-- New suppliers, payees and texts are numbered on; those that were there keep their numbers.
INSERT INTO serving.search_suppliers (supplier_no, supplier)
SELECT (SELECT COALESCE(max(supplier_no), 0) FROM serving.search_suppliers) + row_number() OVER (ORDER BY s.supplier), s.supplier
FROM suppliers s
WHERE s.kind NOT IN ('person', 'redacted')
  AND s.supplier IN (
    SELECT supplier FROM serving.payments
    WHERE file_no IN (SELECT file_no FROM fresh) AND supplier <> '' AND payee_class = 'organisation')
  AND s.supplier NOT IN (SELECT supplier FROM serving.search_suppliers)
ORDER BY 1;

-- One row: a payment to be added, but for what others report of a body, with what of its payee and texts may be searched by.
CREATE OR REPLACE TEMP VIEW added AS
SELECT p.file_no, p.sheet_no, p.row, p.body, p.amount, p.date, p.scope, p.cpv, p.payee_class, COALESCE(s.supplier_no, 0) AS supplier_no,
  CASE WHEN p.payee_class = 'organisation' THEN p.payee ELSE '' END AS payee,
  CASE WHEN p.payee_class IN ('organisation', 'redacted-commercial', 'missing') THEN COALESCE(p.expense_type, '') ELSE '' END AS expense_type,
  CASE WHEN p.payee_class IN ('organisation', 'redacted-commercial', 'missing') THEN COALESCE(p.description, '') ELSE '' END AS description
FROM serving.payments p
LEFT JOIN serving.search_suppliers s ON s.supplier = CASE WHEN p.payee_class = 'organisation' THEN p.supplier END
WHERE p.file_no IN (SELECT file_no FROM fresh) AND p.duty <> 'REPORTED';

INSERT INTO serving.search_payees (payee_id, payee, supplier_no)
SELECT (SELECT COALESCE(max(payee_id), 0) FROM serving.search_payees) + row_number() OVER (ORDER BY a.supplier_no, a.payee), a.payee, a.supplier_no
FROM (SELECT DISTINCT payee, supplier_no FROM added WHERE payee <> '') a
ANTI JOIN serving.search_payees y ON y.payee = a.payee AND y.supplier_no = a.supplier_no
ORDER BY 1;

INSERT INTO serving.search_texts (text_id, expense_type, description)
SELECT (SELECT COALESCE(max(text_id), 0) FROM serving.search_texts) + row_number() OVER (ORDER BY a.expense_type, a.description), a.expense_type, a.description
FROM (SELECT DISTINCT expense_type, description FROM added WHERE expense_type <> '' OR description <> '') a
ANTI JOIN serving.search_texts t ON t.expense_type = a.expense_type AND t.description = a.description
ORDER BY 1;

INSERT INTO serving.search_by_body
SELECT b.body_no, COALESCE(y.payee_id, 0), COALESCE(y.supplier_no, 0), COALESCE(t.text_id, 0),
  COALESCE(CASE WHEN a.date >= DATE '1990-01-01' AND a.date <= CAST(f.received + INTERVAL '1' YEAR AS DATE) THEN a.date ELSE f.period_from END, DATE '1900-01-01') AS counted,
  a.amount, CASE WHEN a.scope = '' THEN 'unknown' ELSE COALESCE(a.scope, 'unknown') END,
  COALESCE(TRY_CAST(substr(a.cpv, 1, 8) AS INTEGER), 0), a.payee_class, a.file_no, a.sheet_no, a.row
FROM added a
JOIN serving.search_bodies b ON b.body = a.body
JOIN serving.files f ON f.file_no = a.file_no
LEFT JOIN serving.search_payees y ON y.payee = a.payee AND y.supplier_no = a.supplier_no
LEFT JOIN serving.search_texts t ON t.expense_type = a.expense_type AND t.description = a.description
ORDER BY b.body_no, counted, a.file_no, a.sheet_no, a.row;
INSERT INTO serving.search_by_payee
FROM serving.search_by_body WHERE file_no IN (SELECT file_no FROM fresh) AND payee_id > 0 ORDER BY payee_id, counted, file_no, sheet_no, row;
INSERT INTO serving.search_by_text
FROM serving.search_by_body WHERE file_no IN (SELECT file_no FROM fresh) AND text_id > 0 ORDER BY text_id, counted, file_no, sheet_no, row;
INSERT INTO serving.search_by_date
FROM serving.search_by_body WHERE file_no IN (SELECT file_no FROM fresh) ORDER BY counted DESC, file_no DESC, sheet_no DESC, row DESC;

INSERT INTO serving.search_sums
SELECT p.payee_id, p.supplier_no, p.text_id, p.body_no,
  CAST(year(p.counted) - CASE WHEN month(p.counted) < 4 THEN 1 ELSE 0 END AS INTEGER) AS first_year, p.scope, p.cpv, f.slice_no,
  count(*), CAST(sum(p.pence) AS BIGINT), min(p.counted) FILTER (p.counted > DATE '1900-01-01'), max(p.counted) FILTER (p.counted > DATE '1900-01-01')
FROM serving.search_by_body p
JOIN fresh f ON f.file_no = p.file_no
GROUP BY ALL
ORDER BY ALL;
INSERT INTO serving.search_totals
SELECT p.body_no, CAST(date_trunc('month', p.counted) AS DATE), p.scope, p.cpv, f.slice_no, count(*), CAST(sum(p.pence) AS BIGINT)
FROM serving.search_by_body p
JOIN fresh f ON f.file_no = p.file_no
GROUP BY ALL
ORDER BY ALL;

-- One row: a payee whose words are to be made, for it is new or its supplier is named otherwise.
CREATE OR REPLACE TEMP TABLE reworded AS
SELECT y.payee_id
FROM serving.search_payees y
LEFT JOIN serving.search_suppliers o ON o.supplier_no = y.supplier_no
LEFT JOIN suppliers s ON s.supplier = o.supplier
WHERE y.payments IS NULL OR o.name IS DISTINCT FROM s.name;

CREATE OR REPLACE TABLE serving.search_suppliers AS
SELECT o.supplier_no, o.supplier, s.name, s.kind, s.body, s.company_number, s.charity_number, p.payments, p.pence, p.bodies, p.payees, p.first, p.last
FROM serving.search_suppliers o
JOIN suppliers s ON s.supplier = o.supplier
JOIN (
  SELECT supplier_no, CAST(sum(payments) AS BIGINT) AS payments, CAST(sum(pence) AS BIGINT) AS pence, count(DISTINCT body_no) AS bodies,
    count(DISTINCT payee_id) AS payees, min(first) AS first, max(last) AS last
  FROM serving.search_sums WHERE supplier_no > 0 GROUP BY supplier_no) p ON p.supplier_no = o.supplier_no
WHERE s.kind NOT IN ('person', 'redacted')
ORDER BY o.supplier_no;
CREATE OR REPLACE TABLE serving.search_payees AS
SELECT o.payee_id, o.payee, o.supplier_no, p.payments, p.pence, p.bodies, p.last, COALESCE(s.pence, p.pence) AS supplier_pence
FROM serving.search_payees o
LEFT JOIN serving.search_suppliers s ON s.supplier_no = o.supplier_no AND s.supplier_no > 0
JOIN (
  SELECT payee_id, CAST(sum(payments) AS BIGINT) AS payments, CAST(sum(pence) AS BIGINT) AS pence, count(DISTINCT body_no) AS bodies, max(last) AS last
  FROM serving.search_sums GROUP BY payee_id) p ON p.payee_id = o.payee_id
ORDER BY o.payee_id;
INSERT INTO serving.search_text_words
SELECT w.word, w.text_id
FROM (SELECT text_id, unnest(serving.words(expense_type || ' ' || description)) AS word FROM serving.search_texts WHERE payments IS NULL) w
WHERE length(w.word) <= 40
ORDER BY w.word, w.text_id;
CREATE OR REPLACE TABLE serving.search_texts AS
SELECT o.text_id, o.expense_type, o.description, p.payments
FROM serving.search_texts o
JOIN (SELECT text_id, CAST(sum(payments) AS BIGINT) AS payments FROM serving.search_sums GROUP BY text_id) p ON p.text_id = o.text_id
ORDER BY o.text_id;

DELETE FROM serving.search_text_words WHERE text_id NOT IN (SELECT text_id FROM serving.search_texts);
DELETE FROM serving.search_payee_words
WHERE payee_id IN (SELECT payee_id FROM reworded) OR payee_id NOT IN (SELECT payee_id FROM serving.search_payees);
INSERT INTO serving.search_payee_words
SELECT w.word, w.payee_id
FROM (
  SELECT p.payee_id, unnest(serving.words(p.payee || ' ' || COALESCE(s.name, ''))) AS word
  FROM serving.search_payees p
  LEFT JOIN serving.search_suppliers s ON s.supplier_no = p.supplier_no
  WHERE p.payee_id IN (SELECT payee_id FROM reworded)) w
WHERE length(w.word) <= 40
ORDER BY w.word, w.payee_id;

-- One row: two suppliers that are related and not the same, each way.
CREATE OR REPLACE TABLE serving.search_links AS
SELECT x.supplier_no, y.supplier_no AS other_no, l.reason
FROM (SELECT a, b, reason FROM supplier_links UNION SELECT b, a, reason FROM supplier_links) l
JOIN serving.search_suppliers x ON x.supplier = l.a
JOIN serving.search_suppliers y ON y.supplier = l.b
ORDER BY 1, 2, 3;

-- One row: what a body paid under a category in a financial year, by its first calendar year.
CREATE OR REPLACE TABLE serving.search_buyers AS
SELECT cpv, body_no, first_year, CAST(sum(payments) AS BIGINT) AS payments, CAST(sum(pence) AS BIGINT) AS pence
FROM serving.search_sums
GROUP BY ALL
ORDER BY cpv, body_no, first_year;

-- One row: what was paid to a supplier at and below a category, the most first; place 0 is all suppliers together, with how many
-- suppliers and bodies there are. A category of two digits is a division; node 0 is what is not categorised.
CREATE OR REPLACE TABLE serving.search_sellers AS
WITH levels (unit) AS (VALUES (1), (10), (100), (1000), (10000), (100000), (1000000)),
paid AS MATERIALIZED (
  SELECT cpv, supplier_no, body_no, sum(payments) AS payments, CAST(sum(pence) AS BIGINT) AS pence
  FROM serving.search_sums GROUP BY ALL),
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
ORDER BY node, place
