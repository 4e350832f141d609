-- One row: a file of the rivals, and the next later file that replaces it whole, if any does. A later file replaces an
-- earlier one of the same publisher, duty and period when it has the same source or the same name, or when at least half
-- of the earlier one's lines (date, amount and payee, as often as they occur) stand in it again. Otherwise both stand, as
-- the two parts of one month that a department and its agency publish.
DELETE FROM editions WHERE file_no IN (SELECT file_no FROM touched) OR file_no IN (SELECT file_no FROM former);

INSERT INTO editions
WITH claims AS (
  SELECT f.file_no, f.publisher, f.duty, f.period_from, f.period_to, f.name, f.source, f.outcome
  FROM files f
  JOIN rivals r ON r.publisher = f.publisher AND r.duty = f.duty
    AND r.period_from IS NOT DISTINCT FROM f.period_from AND r.period_to IS NOT DISTINCT FROM f.period_to
  WHERE f.outcome IN ('load', 'empty')),
pairs AS (
  SELECT a.file_no AS earlier, b.file_no AS later,
    a.name = b.name OR (a.source = b.source AND a.source <> '') AS same_place,
    a.outcome = 'load' AND b.outcome = 'load' AND a.period_from IS NOT NULL AND a.period_to IS NOT NULL AS comparable
  FROM claims a
  JOIN claims b ON b.publisher = a.publisher AND b.duty = a.duty
    AND b.period_from IS NOT DISTINCT FROM a.period_from AND b.period_to IS NOT DISTINCT FROM a.period_to
    AND b.file_no > a.file_no),
suspects AS (SELECT earlier, later FROM pairs WHERE comparable AND NOT same_place),
lines AS (
  SELECT p.file_no, p.date, p.amount, p.payee, COUNT(*) AS times
  FROM payments p
  WHERE p.file_no IN (SELECT earlier FROM suspects UNION SELECT later FROM suspects)
  GROUP BY p.file_no, p.date, p.amount, p.payee),
sizes AS (SELECT file_no, SUM(times) AS size FROM lines GROUP BY file_no),
recurring AS (
  SELECT s.earlier, s.later, SUM(CASE WHEN b.times < a.times THEN b.times ELSE a.times END) AS size
  FROM suspects s
  JOIN lines a ON a.file_no = s.earlier
  JOIN lines b ON b.file_no = s.later AND b.amount = a.amount AND b.payee = a.payee AND b.date IS NOT DISTINCT FROM a.date
  GROUP BY s.earlier, s.later),
replaced AS (
  SELECT earlier, later FROM pairs WHERE same_place
  UNION
  SELECT r.earlier, r.later FROM recurring r JOIN sizes s ON s.file_no = r.earlier WHERE 2 * r.size >= s.size),
nexts AS (SELECT earlier, MIN(later) AS later FROM replaced GROUP BY earlier)
SELECT c.file_no, c.publisher, COALESCE(p.body, 'XC-PUBLISHER-' || c.publisher), c.duty, COALESCE(k.financial_year, ''),
  c.period_from, c.period_to, c.outcome, n.later
FROM claims c
LEFT JOIN publishers p ON p.publisher = c.publisher
LEFT JOIN calendar k ON k.month = CAST(DATE_TRUNC('month', c.period_from) AS DATE)
LEFT JOIN nexts n ON n.earlier = c.file_no
ORDER BY c.file_no;
