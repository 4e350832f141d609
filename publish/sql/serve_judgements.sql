-- Brings the judgements that published payments rest on up to date: those of slices that are replaced, and those that changed.
INSERT INTO touched_lines
SELECT DISTINCT line_hash FROM serving.payments WHERE file_no IN (SELECT file_no FROM fresh) AND line_hash IS NOT NULL
UNION
SELECT j.line_hash FROM serving.line_judgements j JOIN lines l ON l.line_hash = j.line_hash
WHERE (l.likely, l.reason, l.version) IS DISTINCT FROM (j.likely, j.reason, j.version);
DELETE FROM serving.line_judgements WHERE line_hash IN (SELECT line_hash FROM touched_lines);
INSERT INTO serving.line_judgements
SELECT l.line_hash, l.scope, l.category, l.likely, l.confidence, l.method, l.reason, l.version, u.payments, u.stake,
  CAST(u.example // 18446744073709551616 AS INTEGER), CAST(u.example // 4294967296 % 4294967296 AS INTEGER), CAST(u.example % 4294967296 AS INTEGER)
FROM (
  SELECT line_hash, count(*) AS payments, CAST(sum(abs(amount)) AS BIGINT) AS stake, min(serving.place_of(file_no, sheet_no, row)) AS example
  FROM serving.payments WHERE line_hash IN (SELECT line_hash FROM touched_lines) GROUP BY line_hash) u
JOIN lines l ON l.line_hash = u.line_hash
ORDER BY l.line_hash;

INSERT INTO touched_payees
SELECT DISTINCT payee_hash FROM serving.payments WHERE file_no IN (SELECT file_no FROM fresh) AND payee_hash IS NOT NULL
UNION
SELECT j.payee_hash FROM serving.payee_judgements j JOIN payees y ON y.payee_hash = j.payee_hash
WHERE (y.confidence, y.method, y.reason, y.version) IS DISTINCT FROM (j.confidence, j.method, j.reason, j.version);
DELETE FROM serving.payee_judgements WHERE payee_hash IN (SELECT payee_hash FROM touched_payees);
INSERT INTO serving.payee_judgements
SELECT y.payee_hash, y.supplier, y.confidence, y.method, y.reason, y.version, u.payments, u.stake,
  CAST(u.example // 18446744073709551616 AS INTEGER), CAST(u.example // 4294967296 % 4294967296 AS INTEGER), CAST(u.example % 4294967296 AS INTEGER)
FROM (
  SELECT payee_hash, count(*) AS payments, CAST(sum(abs(amount)) AS BIGINT) AS stake, min(serving.place_of(file_no, sheet_no, row)) AS example
  FROM serving.payments
  WHERE payee_hash IN (SELECT payee_hash FROM touched_payees) AND payee_class = 'organisation' GROUP BY payee_hash) u
JOIN payees y ON y.payee_hash = u.payee_hash
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
LIMIT 2000
