-- 600 bodies of three kinds that each publish a file a month for eight financial years, and about {rows} transactions in 300
-- categories, straight into transactions in the order in which a rebuild leaves them. Amounts are log-normal, sigma 1.5.
SET preserve_insertion_order = true;
CREATE TEMP TABLE made_bodies AS
SELECT CAST(b AS INTEGER) AS b, 'p' || b AS publisher, 'GB-' || b AS body, 'Kind ' || (b % 3) AS kind,
  CASE WHEN b % 6 = 5 THEN 'HMT25K' ELSE 'LGTC500' END AS duty,
  CASE b % 5 WHEN 0 THEN 'gross' WHEN 1 THEN 'unknown' ELSE 'net' END AS vat_basis, 0.25 + 1.5 * (hash(b) % 1000) / 1000 AS size
FROM range(600) t(b);
INSERT INTO publishers SELECT publisher, '', body, 'local', kind, duty, 0, 'OGL', '' FROM made_bodies;
INSERT INTO files SELECT b * 96 + m, '', publisher, m || '.csv', '', 0, TIMESTAMP '2024-01-01 09:00:00', 'load', '', duty,
  CAST(DATE '2015-04-01' + to_months(CAST(m AS INTEGER)) AS DATE),
  CAST(DATE '2015-04-01' + to_months(CAST(m + 1 AS INTEGER)) - INTERVAL 1 DAY AS DATE), 'name', ''
FROM made_bodies CROSS JOIN range(96) t(m);
INSERT INTO editions SELECT f.file_no, f.publisher, p.body, f.duty, c.financial_year, f.period_from, f.period_to, 'load', NULL, false
FROM files f JOIN publishers p USING (publisher) JOIN calendar c ON c.month = f.period_from;
INSERT INTO transactions (file_no, publisher, body, financial_year, month, duty, vat_basis, scope, category, supplier, redacted,
  confidence, payments, pence, transaction_pence, credit_pence, repeats, inferred, sheet_no, row)
WITH cells AS (
  SELECT 10 + c // 5 AS division, c, y, m.*,
    CAST(round({rows} / 1440000 * size * 300 / (c + 20) / 2.77) AS BIGINT) AS n
  FROM range(300) c(c) CROSS JOIN range(8) y(y) CROSS JOIN made_bodies m ORDER BY c, y, b),
drawn AS (
  SELECT *, unnest(range(n)) AS k FROM cells),
seeded AS (
  SELECT *, hash(c * 8 + y, b, k) AS h FROM drawn),
paid AS (
  SELECT *, CAST(h % 12 AS INTEGER) AS m, CASE (h >> 8) % 20 WHEN 0 THEN 'grant' WHEN 1 THEN 'transfer' WHEN 2 THEN 'unknown' ELSE 'procurement' END AS scope,
    CASE WHEN (h >> 16) % 50 = 0 THEN -1 ELSE 1 END * CAST(CASE duty WHEN 'HMT25K' THEN 2500000 ELSE 50000 END
      * exp(abs(1.5 * sqrt(-2 * ln(((h >> 20) % 65535 + 1) / 65536)) * cos(6.2831853 * ((h >> 36) % 65536) / 65536))) AS BIGINT) AS amount
  FROM seeded)
SELECT b * 96 + y * 12 + m, publisher, body, (2015 + y) || '/' || (16 + y), CAST(DATE '2015-04-01' + to_months(CAST(y * 12 + m AS INTEGER)) AS DATE),
  duty, vat_basis, scope, division || lpad(CAST(c * 100 % 1000000 AS VARCHAR), 6, '0') || '-' || c % 10,
  CASE WHEN h % 3 = 0 THEN 'n' || c || '-' || (h >> 50) % 2 ELSE 'l' || b || '-' || c || '-' || (h >> 50) % 4 END,
  h % 40 = 0, 0.9, 1, amount, amount, CASE WHEN amount < 0 THEN amount ELSE 0 END, false, false, 1, row_number() OVER ()
FROM paid;
INSERT INTO file_months
SELECT file_no, body, duty, financial_year, month, true, count(*), CAST(sum(pence) AS BIGINT), 0,
  count(*) FILTER (WHERE vat_basis = 'net'), count(*) FILTER (WHERE vat_basis = 'gross'), month, month + 27
FROM transactions GROUP BY ALL ORDER BY ALL;
SET preserve_insertion_order = false;
CHECKPOINT;
