-- One row: what a comparison reads, made up: 600 bodies of ten tiers, 300 categories, 8 financial years.
CREATE TABLE register AS
SELECT 'XB-' || LPAD(CAST(b AS VARCHAR), 3, '0') AS body, 'Body ' || b AS name, 'council' AS kind, 'Tier ' || b % 10 AS tier, '' AS gss,
  'Region ' || b % 9 AS region, 'England' AS nation, CAST(NULL AS DATE) AS valid_from, CAST(NULL AS DATE) AS valid_to, '' AS succeeded_by
FROM range(600) r(b) ORDER BY body;

-- One row: a measure of a body.
CREATE TABLE denominators AS
SELECT body, measure, 2016 AS year, CAST(50000 + hash(body || measure) % 400000 AS DECIMAL(18, 3)) AS value, 'made up' AS source
FROM register CROSS JOIN (VALUES ('population'), ('area_hectares'), ('deprivation'), ('rurality')) m (measure) ORDER BY body, measure;

-- One row: a supplier.
CREATE TABLE suppliers AS
SELECT 's' || LPAD(CAST(s AS VARCHAR), 16, '0') AS supplier, 'Supplier ' || s AS name, CASE WHEN s % 10 = 0 THEN 'charity' ELSE 'company' END AS kind
FROM range(200000) r(s) ORDER BY supplier;

-- One row: a month of a body.
CREATE TABLE coverage AS
SELECT b.body, CAST(2016 + (m // 12) AS VARCHAR) || '/' || CAST(17 + (m // 12) AS VARCHAR) AS financial_year,
  CAST(DATE '2016-04-01' + m * INTERVAL 1 MONTH AS DATE) AS month, 'LGTC500' AS duty,
  CASE WHEN hash(b.body || m) % 50 = 0 THEN 'missing' ELSE 'held' END AS status, 1 AS files, 0 AS superseded, 868 AS payments,
  CAST(100000000 AS BIGINT) AS pence, 'net' AS vat_basis, 0 AS undecided, CAST(50000 AS BIGINT) AS threshold_pence, CAST(NULL AS BIGINT) AS observed_pence, '' AS threshold_warning,
  CAST(90000000 AS BIGINT) AS classified_pence
FROM register b CROSS JOIN range(96) r(m) ORDER BY body, month;

-- One row: a transaction. They lie as the warehouse keeps them: by category, financial year, body.
CREATE TABLE transactions AS
WITH placed AS (
  SELECT n, n // ({rows} // 1440000 * 4800) AS c, n % ({rows} // 1440000 * 4800) // ({rows} // 1440000 * 600) AS y, n % ({rows} // 1440000 * 600) // ({rows} // 1440000) AS b, hash(n) AS h
  FROM range({rows} // 1440000 * 1440000) r(n)),
paid AS (
  SELECT *, CAST(EXP(11 + 1.5 * SQRT(-2 * LN((h // 1000 % 999983 + 1) / 999984.0)) * COS(6.283185307 * (h // 7 % 999979) / 999979.0)) AS BIGINT) AS pence
  FROM placed)
SELECT CAST(b AS INTEGER) + 1 AS file_no, 'p' || b AS publisher, 'XB-' || LPAD(CAST(b AS VARCHAR), 3, '0') AS body,
  CAST(2016 + y AS VARCHAR) || '/' || CAST(17 + y AS VARCHAR) AS financial_year,
  CAST(MAKE_DATE(CAST(2016 + y AS INTEGER), 4, 1) + CAST(h % 12 AS INTEGER) * INTERVAL 1 MONTH AS DATE) AS month,
  'LGTC500' AS duty, 'net' AS vat_basis, 'procurement' AS scope,
  CAST(10 + c // 4 AS VARCHAR) || CAST(1 + c % 4 AS VARCHAR) || '00000-' || c % 10 AS category,
  's' || LPAD(CAST(h // 12 % 200000 AS VARCHAR), 16, '0') AS supplier, FALSE AS redacted, FALSE AS repeats, CAST(0.95 AS DECIMAL(4, 3)) AS confidence,
  CAST(1 AS BIGINT) AS payments,
  pence, pence AS transaction_pence
FROM paid;

-- One row: what transactions of a body, month, duty, VAT basis and scope come to, from a floor up.
CREATE TABLE totals AS
SELECT body, financial_year, month, duty, vat_basis, scope, floor_pence, CAST(COUNT(*) AS BIGINT) AS payments, CAST(SUM(pence) AS BIGINT) AS pence,
  CAST(COUNT(*) AS BIGINT) AS classified_payments, CAST(SUM(pence) AS BIGINT) AS classified_pence
FROM transactions CROSS JOIN (VALUES (0), (50000)) f (floor_pence)
WHERE ABS(transaction_pence) >= floor_pence
GROUP BY body, financial_year, month, duty, vat_basis, scope, floor_pence ORDER BY body, month, floor_pence;
