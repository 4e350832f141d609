-- One row: a file of the rivals, and the file that replaces it whole, if any does.
-- Files of one publisher and duty whose months overlap are held against each other by their lines: date, amount and payee, as
-- often as they occur.
-- 1. Of two that claim the same period, or the same months, the later replaces the earlier when it has the same source or the
--    same name, or when at least half of the earlier one's lines stand in it again. The next later file that does is named.
-- 2. Of the files left, one that claims more months (a quarter so far, a year) replaces one that claims some of them, whichever came
--    first, when at least half of the lines of the one with fewer months stand in it. So no month is counted twice.
-- 3. Of the files left, of two whose months do not meet and of which nine tenths of each one's lines stand in the other again, by
--    their dates and references too, the one with fewer of its dates in the months it claims is replaced; of two alike in that, the
--    earlier. So a month put up again under the name of another counts once, in its own month. What comes every month has other dates.
-- 4. Of the files left, one of five lines or more of which nine tenths stand so in another, whose months do not meet its own, is
--    replaced by it, of several by the largest. The other then answers for the months of the one that its lines are of (see answered).
-- 5. Where a tenth and at least two of the smaller file's lines stand in the other, and no rule applies, it is not decided
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

-- One row: two files whose months do not meet, of which nine tenths of the one's lines stand in the other under the same date and
-- reference. mutual: and nine tenths of the other's in the one. size, other_size: how many lines each has. fit, other_fit: the part of
-- each one's lines dated in the months that it claims. Only files with as many lines dated in the same months are compared.
CREATE OR REPLACE TEMP TABLE repeats AS
WITH dated AS (
  SELECT c.file_no, c.publisher, c.duty, m.month, CAST(SUM(m.payments - m.undated) AS BIGINT) AS times
  FROM claims c
  JOIN file_months m ON m.file_no = c.file_no
  WHERE c.outcome = 'load' AND m.month IS NOT NULL AND m.payments > m.undated
  GROUP BY c.file_no, c.publisher, c.duty, m.month),
sizes AS (
  SELECT c.file_no, CAST(SUM(m.payments) AS BIGINT) AS size,
    CAST(SUM(CASE WHEN m.month BETWEEN c.first_month AND c.last_month THEN m.payments - m.undated ELSE 0 END) AS BIGINT) AS fitting
  FROM claims c
  JOIN file_months m ON m.file_no = c.file_no
  WHERE c.outcome = 'load'
  GROUP BY c.file_no),
alike AS (
  SELECT a.file_no AS one, b.file_no AS other
  FROM dated a
  JOIN dated b ON b.publisher = a.publisher AND b.duty = a.duty AND b.month = a.month AND b.file_no <> a.file_no
  JOIN sizes s ON s.file_no = a.file_no
  GROUP BY a.file_no, b.file_no, s.size
  HAVING 10 * SUM(CASE WHEN b.times < a.times THEN b.times ELSE a.times END) >= 9 * s.size),
apart AS (
  SELECT k.one, k.other
  FROM alike k
  JOIN claims a ON a.file_no = k.one
  JOIN claims b ON b.file_no = k.other
  WHERE NOT COALESCE(b.first_month <= a.last_month AND b.last_month >= a.first_month, a.first_month IS NULL AND b.first_month IS NULL)),
listed AS (
  SELECT p.file_no, p.date, p.amount, p.payee, COALESCE(p.transaction, '') AS reference, COUNT(*) AS times
  FROM payments p
  WHERE p.date IS NOT NULL AND p.file_no IN (SELECT one FROM apart UNION SELECT other FROM apart)
  GROUP BY p.file_no, p.date, p.amount, p.payee, COALESCE(p.transaction, '')),
recurring AS (
  SELECT s.one, s.other, CAST(SUM(CASE WHEN b.times < a.times THEN b.times ELSE a.times END) AS BIGINT) AS shared
  FROM apart s
  JOIN listed a ON a.file_no = s.one
  JOIN listed b ON b.file_no = s.other AND b.date = a.date AND b.amount = a.amount AND b.payee = a.payee AND b.reference = a.reference
  GROUP BY s.one, s.other)
SELECT r.one, r.other, 10 * r.shared >= 9 * b.size AS mutual, a.size, b.size AS other_size,
  CAST(a.fitting AS DECIMAL(18,6)) / a.size AS fit, CAST(b.fitting AS DECIMAL(18,6)) / b.size AS other_fit
FROM recurring r
JOIN sizes a ON a.file_no = r.one
JOIN sizes b ON b.file_no = r.other
WHERE 10 * r.shared >= 9 * a.size;

-- One row: a file that another replaces. repeats: under another month.
CREATE OR REPLACE TEMP TABLE replacements AS
WITH again AS (
  SELECT one, MIN(other) AS other FROM pairs WHERE alike AND (same_place OR 2 * shared >= size) GROUP BY one),
wider AS (
  SELECT p.one, MIN(p.other) AS other
  FROM pairs p
  LEFT JOIN again a ON a.one = p.one
  LEFT JOIN again b ON b.one = p.other
  WHERE p.wider AND 2 * p.shared >= p.size AND a.one IS NULL AND b.one IS NULL
  GROUP BY p.one),
settled AS (SELECT one FROM again UNION ALL SELECT one FROM wider),
left_over AS (
  SELECT one, other, mutual, size, other_size, fit, other_fit
  FROM repeats
  WHERE one NOT IN (SELECT one FROM settled) AND other NOT IN (SELECT one FROM settled)),
ranked AS (
  SELECT one, other, ROW_NUMBER() OVER (PARTITION BY one ORDER BY other_fit DESC, other DESC) AS place
  FROM left_over
  WHERE mutual AND (other_fit > fit OR (other_fit = fit AND other > one))),
moved AS (SELECT one, other FROM ranked WHERE place = 1),
holders AS (
  SELECT one, other, ROW_NUMBER() OVER (PARTITION BY one ORDER BY other_size DESC, other) AS place
  FROM left_over
  WHERE NOT mutual AND size >= 5 AND one NOT IN (SELECT one FROM moved) AND other NOT IN (SELECT one FROM moved)),
contained AS (SELECT one, other FROM holders WHERE place = 1)
SELECT one, other, FALSE AS repeats FROM again
UNION ALL
SELECT one, other, FALSE FROM wider
UNION ALL
SELECT one, other, TRUE FROM moved
UNION ALL
SELECT one, other, TRUE FROM contained;

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
