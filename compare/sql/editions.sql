-- One row: a file of the rivals, and the file that replaces it whole, if any does.
-- Files of one publisher and duty whose months overlap are held against each other by their lines: date, amount and payee, as
-- often as they occur.
-- 1. Of two that claim the same period, or the same months, the later replaces the earlier when it has the same source or the
--    same name, or when at least half of the earlier one's lines stand in it again. The next later file that does is named.
-- 2. Of the files left, one that claims more months (a quarter so far, a year) replaces one that claims some of them, whichever came
--    first, when at least half of the lines of the one with fewer months stand in it. So no month is counted twice.
-- 3. Where a tenth and at least two of the smaller file's lines stand in the other, and neither rule applies, it is not decided
--    whether they repeat each other: both stand, marked, and their months are not compared.
-- Otherwise both stand, as the two parts of one month that a department and its agency publish.
DELETE FROM editions WHERE file_no IN (SELECT file_no FROM touched) OR file_no IN (SELECT file_no FROM former);

-- One row: a file of the rivals, with the months it claims.
CREATE OR REPLACE TEMP TABLE claims AS
SELECT f.file_no, f.publisher, f.duty, f.period_from, f.period_to, f.name, f.source, f.outcome,
  CAST(DATE_TRUNC('month', f.period_from) AS DATE) AS first_month, CAST(DATE_TRUNC('month', f.period_to) AS DATE) AS last_month
FROM files f
JOIN rivals r ON r.publisher = f.publisher AND r.duty = f.duty
WHERE f.outcome IN ('load', 'empty');

-- One row: two files of which the other may replace the one. alike: they claim the same; wider: the other claims more.
-- shared: how many lines of the one stand in the other; size, other_size: how many each has; NULL where they are not compared.
CREATE OR REPLACE TEMP TABLE pairs AS
WITH meeting AS (
  SELECT a.file_no AS one, b.file_no AS other,
    (a.period_from IS NOT DISTINCT FROM b.period_from AND a.period_to IS NOT DISTINCT FROM b.period_to)
      OR (a.first_month = b.first_month AND a.last_month = b.last_month) AS alike,
    COALESCE(b.first_month <= a.first_month AND b.last_month >= a.last_month
      AND (b.first_month < a.first_month OR b.last_month > a.last_month), FALSE) AS wider,
    COALESCE(a.first_month <= b.first_month AND a.last_month >= b.last_month
      AND (a.first_month < b.first_month OR a.last_month > b.last_month), FALSE) AS narrower,
    a.name = b.name OR (a.source = b.source AND a.source <> '') AS same_place,
    a.outcome = 'load' AND b.outcome = 'load' AND a.first_month IS NOT NULL AND a.last_month IS NOT NULL AS comparable
  FROM claims a
  JOIN claims b ON b.publisher = a.publisher AND b.duty = a.duty AND b.file_no <> a.file_no
    AND ((a.period_from IS NOT DISTINCT FROM b.period_from AND a.period_to IS NOT DISTINCT FROM b.period_to)
      OR (b.first_month <= a.last_month AND b.last_month >= a.first_month))),
suspects AS (SELECT * FROM meeting WHERE wider OR (NOT narrower AND other > one)),
compared AS (SELECT one, other FROM suspects WHERE comparable AND NOT (alike AND same_place)),
listed AS (
  SELECT p.file_no, p.date, p.amount, p.payee, COUNT(*) AS times
  FROM payments p
  WHERE p.file_no IN (SELECT one FROM compared UNION SELECT other FROM compared)
  GROUP BY p.file_no, p.date, p.amount, p.payee),
sizes AS (SELECT file_no, CAST(SUM(times) AS BIGINT) AS size FROM listed GROUP BY file_no),
recurring AS (
  SELECT s.one, s.other, CAST(SUM(CASE WHEN b.times < a.times THEN b.times ELSE a.times END) AS BIGINT) AS shared
  FROM compared s
  JOIN listed a ON a.file_no = s.one
  JOIN listed b ON b.file_no = s.other AND b.amount = a.amount AND b.payee = a.payee AND b.date IS NOT DISTINCT FROM a.date
  GROUP BY s.one, s.other)
SELECT s.one, s.other, COALESCE(s.alike, FALSE) AS alike, s.wider, s.same_place, r.shared, a.size, b.size AS other_size
FROM suspects s
LEFT JOIN recurring r ON r.one = s.one AND r.other = s.other
LEFT JOIN sizes a ON a.file_no = s.one
LEFT JOIN sizes b ON b.file_no = s.other;

-- One row: a file that another replaces.
CREATE OR REPLACE TEMP TABLE replacements AS
WITH again AS (
  SELECT one, MIN(other) AS other FROM pairs WHERE alike AND (same_place OR 2 * shared >= size) GROUP BY one),
wider AS (
  SELECT p.one, MIN(p.other) AS other
  FROM pairs p
  LEFT JOIN again a ON a.one = p.one
  LEFT JOIN again b ON b.one = p.other
  WHERE p.wider AND 2 * p.shared >= p.size AND a.one IS NULL AND b.one IS NULL
  GROUP BY p.one)
SELECT one, other FROM again
UNION ALL
SELECT one, other FROM wider;

-- One row: two standing files of which it is not decided whether they repeat each other.
CREATE OR REPLACE TEMP TABLE doubts AS
SELECT p.one, p.other
FROM pairs p
WHERE p.shared >= 2 AND 10 * p.shared >= CASE WHEN p.size < p.other_size THEN p.size ELSE p.other_size END
  AND p.one NOT IN (SELECT one FROM replacements) AND p.other NOT IN (SELECT one FROM replacements);

INSERT INTO editions
SELECT c.file_no, c.publisher, COALESCE(p.body, 'XC-PUBLISHER-' || c.publisher), c.duty, COALESCE(k.financial_year, ''),
  c.period_from, c.period_to, c.outcome, n.other,
  c.file_no IN (SELECT one FROM doubts UNION SELECT other FROM doubts)
FROM claims c
LEFT JOIN publishers p ON p.publisher = c.publisher
LEFT JOIN calendar k ON k.month = c.first_month
LEFT JOIN replacements n ON n.one = c.file_no
ORDER BY c.file_no;
