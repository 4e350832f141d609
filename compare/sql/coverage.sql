-- One row: a calendar month of a body under a duty, and how well it is held.
DELETE FROM coverage c
WHERE EXISTS (SELECT 1 FROM slices s WHERE s.body = c.body AND s.financial_year = c.financial_year);

-- One row: a financial year of a body under a duty, and its thresholds in pence: declared by its publishers, else by the duty;
-- observed: the highest level that at most 1 in 100 are below.
CREATE OR REPLACE TEMP TABLE thresholds AS
WITH running AS (
  SELECT body, financial_year, duty, level_pence, SUM(times) OVER (PARTITION BY body, financial_year, duty) AS n,
    COALESCE(SUM(times) OVER (PARTITION BY body, financial_year, duty ORDER BY level_pence
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS below
  FROM level_sums),
observed AS (
  SELECT body, financial_year, duty, MAX(level_pence) AS pence
  FROM running
  WHERE n >= 100 AND 100 * below <= n
  GROUP BY body, financial_year, duty),
declared AS (
  SELECT m.body, m.financial_year, m.duty,
    MAX(CASE WHEN p.threshold_pence > 0 AND p.duty IN ('', m.duty) THEN p.threshold_pence ELSE NULLIF(d.floor_pence, 0) END) AS pence
  FROM slices s
  JOIN file_months m ON m.body = s.body AND m.financial_year = s.financial_year
  JOIN editions e ON e.file_no = m.file_no AND e.superseded_by IS NULL
  LEFT JOIN publishers p ON p.publisher = e.publisher
  LEFT JOIN duties d ON d.duty = m.duty
  GROUP BY m.body, m.financial_year, m.duty)
SELECT d.body, d.financial_year, d.duty, d.pence AS threshold_pence, o.pence AS observed_pence,
  CASE
    WHEN d.pence IS NULL OR o.pence IS NULL THEN ''
    WHEN o.pence > d.pence THEN 'above'
    WHEN o.pence < CASE
      WHEN d.pence < 10000 THEN 0 WHEN d.pence < 25000 THEN 10000
      WHEN d.pence < 50000 THEN 25000 WHEN d.pence < 100000 THEN 50000
      WHEN d.pence < 500000 THEN 100000 WHEN d.pence < 1000000 THEN 500000
      WHEN d.pence < 2000000 THEN 1000000 WHEN d.pence < 2500000 THEN 2000000
      WHEN d.pence < 3000000 THEN 2500000 ELSE 3000000 END THEN 'below'
    ELSE '' END AS warning
FROM declared d
LEFT JOIN observed o ON o.body = d.body AND o.financial_year = d.financial_year AND o.duty = d.duty;

-- One row: a month of a body under a duty, by scope.
CREATE OR REPLACE TEMP TABLE scopes AS
SELECT body, financial_year, month, duty, SUM(classified_payments) AS classified_payments, SUM(classified_pence) AS classified_pence,
  SUM(redacted_payments) AS redacted_payments, SUM(redacted_pence) AS redacted_pence, SUM(repeated_pence) AS repeated_pence,
  SUM(CASE WHEN scope = 'procurement' THEN pence ELSE 0 END) AS procurement_pence,
  SUM(CASE WHEN scope = 'grant' THEN pence ELSE 0 END) AS grant_pence,
  SUM(CASE WHEN scope = 'transfer' THEN pence ELSE 0 END) AS transfer_pence,
  SUM(CASE WHEN scope = 'individuals' THEN pence ELSE 0 END) AS individuals_pence,
  SUM(CASE WHEN scope = 'tax' THEN pence ELSE 0 END) AS tax_pence,
  SUM(CASE WHEN scope = 'finance' THEN pence ELSE 0 END) AS finance_pence,
  SUM(CASE WHEN scope = 'mixed' THEN pence ELSE 0 END) AS mixed_pence,
  SUM(CASE WHEN scope = 'unknown' THEN pence ELSE 0 END) AS unknown_pence
FROM month_sums
GROUP BY body, financial_year, month, duty;

INSERT INTO coverage
WITH parts AS (
  SELECT e.outcome, e.superseded_by IS NULL AS stands, e.superseded_by IS NULL OR a.file_no IS NOT NULL AS answered,
    e.undecided, e.period_from, e.period_to, f.received, m.*
  FROM slices s
  JOIN file_months m ON m.body = s.body AND m.financial_year = s.financial_year
  JOIN editions e ON e.file_no = m.file_no
  JOIN files f ON f.file_no = m.file_no
  LEFT JOIN answered a ON a.file_no = m.file_no AND a.body = m.body AND a.duty = m.duty AND a.month = m.month),
ranges AS (SELECT body, duty, first_month, last_month FROM spans WHERE moment = 'after'),
wanted AS (
  SELECT r.body, c.financial_year, c.month, r.duty, 1 AS inside
  FROM ranges r
  JOIN calendar c ON c.month BETWEEN r.first_month AND r.last_month
  JOIN slices s ON s.body = r.body AND s.financial_year = c.financial_year
  UNION ALL
  SELECT body, financial_year, month, duty, 0 FROM parts WHERE stands AND payments > 0),
rows_wanted AS (
  SELECT body, financial_year, month, duty, MAX(inside) AS inside FROM wanted GROUP BY body, financial_year, month, duty),
sums AS (
  SELECT body, month, duty,
    COUNT(*) FILTER (WHERE answered AND claimed) AS files,
    COUNT(*) FILTER (WHERE answered AND claimed AND outcome = 'load') AS loaded,
    COUNT(*) FILTER (WHERE NOT stands AND claimed) AS superseded,
    COUNT(*) FILTER (WHERE stands AND claimed AND undecided) AS undecided,
    MIN(CASE WHEN claimed THEN CAST(received AS DATE) END) AS received,
    MIN(CASE WHEN answered AND claimed THEN period_from END) AS claimed_from,
    MAX(CASE WHEN answered AND claimed THEN period_to END) AS claimed_to,
    MIN(CASE WHEN stands THEN first_day END) AS first_day, MAX(CASE WHEN stands THEN last_day END) AS last_day,
    SUM(payments) FILTER (WHERE stands) AS payments, SUM(pence) FILTER (WHERE stands) AS pence,
    SUM(undated) FILTER (WHERE stands) AS undated,
    SUM(net) FILTER (WHERE stands) AS net, SUM(gross) FILTER (WHERE stands) AS gross
  FROM parts
  GROUP BY body, month, duty),
joined AS (
  SELECT w.body, w.financial_year, w.month, w.duty, w.inside, s.files, s.loaded, s.superseded,
    CASE WHEN s.undecided > 1 THEN s.undecided ELSE 0 END AS undecided, s.received, s.claimed_from, s.claimed_to,
    s.first_day, s.last_day, s.payments, s.pence, s.undated, s.net, s.gross,
    CAST(w.month + INTERVAL '1' MONTH - INTERVAL '1' DAY AS DATE) AS month_end
  FROM rows_wanted w
  LEFT JOIN sums s ON s.body = w.body AND s.duty = w.duty AND s.month IS NOT DISTINCT FROM w.month),
-- short: two weeks or more at one end of the month without a payment. dated: enough payments to say so.
measured AS (
  SELECT *,
    CASE WHEN loaded > 0 AND payments - undated >= 10 THEN 1 ELSE 0 END AS dated,
    CASE WHEN loaded > 0 AND payments - undated >= 10
      AND (EXTRACT(DAY FROM first_day) > 14 OR EXTRACT(DAY FROM month_end) - EXTRACT(DAY FROM last_day) >= 14) THEN 1 ELSE 0 END AS short
  FROM joined),
usual AS (
  SELECT *, SUM(dated) OVER (PARTITION BY body, financial_year, duty) AS dated_months,
    SUM(short) OVER (PARTITION BY body, financial_year, duty) AS short_months
  FROM measured)
SELECT w.body, w.financial_year, w.month, w.duty,
  CASE
    WHEN w.loaded > 0 AND (w.claimed_from > w.month OR w.claimed_to < w.month_end) THEN 'partial'
    WHEN w.loaded > 0 AND w.payments = 0 AND w.dated_months >= 4 THEN 'partial'
    WHEN w.short = 1 AND w.dated_months >= 4 AND 4 * w.short_months <= w.dated_months THEN 'partial'
    WHEN w.loaded > 0 THEN 'held'
    WHEN w.files > 0 THEN 'nil'
    WHEN w.inside = 1 THEN 'missing'
    ELSE 'stray' END,
  COALESCE(w.files, 0), COALESCE(w.superseded, 0),
  CAST(COALESCE(w.payments, 0) AS BIGINT), CAST(COALESCE(w.pence, 0) AS BIGINT), CAST(COALESCE(w.undated, 0) AS BIGINT),
  CASE
    WHEN COALESCE(w.net + w.gross, 0) = 0 THEN 'unknown'
    WHEN w.net = w.payments THEN 'net'
    WHEN w.gross = w.payments THEN 'gross'
    ELSE 'mixed' END,
  COALESCE(w.undecided, 0), w.received - w.month_end, w.first_day, w.last_day,
  t.threshold_pence, t.observed_pence, COALESCE(t.warning, ''),
  CAST(COALESCE(p.classified_payments, 0) AS BIGINT), CAST(COALESCE(p.classified_pence, 0) AS BIGINT),
  CAST(COALESCE(p.redacted_payments, 0) AS BIGINT), CAST(COALESCE(p.redacted_pence, 0) AS BIGINT),
  CAST(COALESCE(p.repeated_pence, 0) AS BIGINT),
  CAST(COALESCE(p.procurement_pence, 0) AS BIGINT), CAST(COALESCE(p.grant_pence, 0) AS BIGINT),
  CAST(COALESCE(p.transfer_pence, 0) AS BIGINT), CAST(COALESCE(p.individuals_pence, 0) AS BIGINT),
  CAST(COALESCE(p.tax_pence, 0) AS BIGINT), CAST(COALESCE(p.finance_pence, 0) AS BIGINT),
  CAST(COALESCE(p.mixed_pence, 0) AS BIGINT), CAST(COALESCE(p.unknown_pence, 0) AS BIGINT)
FROM usual w
LEFT JOIN thresholds t ON t.body = w.body AND t.financial_year = w.financial_year AND t.duty = w.duty
LEFT JOIN scopes p ON p.body = w.body AND p.financial_year = w.financial_year AND p.duty = w.duty
  AND p.month IS NOT DISTINCT FROM w.month
ORDER BY w.body, w.financial_year, w.month, w.duty;
