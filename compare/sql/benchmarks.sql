-- One row: how much the bodies of a kind spent on a division of categories in a financial year under a duty, on one VAT basis. Whole kinds
-- and years are made again.
DELETE FROM benchmarks b
WHERE EXISTS (SELECT 1 FROM kind_years y WHERE y.kind = b.kind AND y.financial_year = b.financial_year);

INSERT INTO benchmarks
WITH years AS (
  SELECT c.body, c.financial_year, c.duty, y.kind, MIN(c.vat_basis) AS vat_basis
  FROM coverage c
  JOIN kinds k ON k.body = c.body
  JOIN kind_years y ON y.kind = k.kind AND y.financial_year = c.financial_year AND y.kind <> ''
  JOIN duties d ON d.duty = c.duty
  WHERE c.status IN ('held', 'nil') AND c.duty <> 'REPORTED' AND c.undecided = 0 AND (c.threshold_pence IS NULL OR c.threshold_pence <= d.floor_pence)
  GROUP BY c.body, c.financial_year, c.duty, y.kind
  HAVING COUNT(*) = 12 AND MIN(CASE WHEN c.payments > 0 THEN c.vat_basis END) = MAX(CASE WHEN c.payments > 0 THEN c.vat_basis END)
    AND MIN(c.vat_basis) <> 'mixed'),
sizes AS (
  SELECT kind, financial_year, duty, vat_basis, COUNT(*) AS bodies FROM years GROUP BY kind, financial_year, duty, vat_basis),
spent AS (
  SELECT y.kind, y.financial_year, y.duty, y.vat_basis, f.key AS division, f.comparable_pence AS pence
  FROM years y
  JOIN figures f ON f.body = y.body AND f.financial_year = y.financial_year AND f.duty = y.duty AND f.dimension = 'division'
  WHERE f.comparable_pence <> 0),
placed_in AS (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY kind, financial_year, duty, vat_basis, division ORDER BY pence) - 1 AS place,
    COUNT(*) OVER (PARTITION BY kind, financial_year, duty, vat_basis, division) AS n,
    LEAD(pence) OVER (PARTITION BY kind, financial_year, duty, vat_basis, division ORDER BY pence) AS following
  FROM spent),
percentages (percent) AS (VALUES (10), (25), (50), (75), (90)),
-- n values in order are numbered 0 to n - 1; the percentage p points at (n - 1) p / 100, here in hundredths of a place.
quantiles AS (
  SELECT s.kind, s.financial_year, s.duty, s.vat_basis, s.division, s.n, q.percent,
    CAST(ROUND(CAST(s.pence AS DECIMAL(20, 2)) + CAST(COALESCE(s.following, s.pence) - s.pence AS DECIMAL(20, 0))
      * CAST((s.n - 1) * q.percent - 100 * s.place AS DECIMAL(3, 0)) * CAST(0.01 AS DECIMAL(2, 2)), 0) AS BIGINT) AS pence
  FROM placed_in s
  JOIN percentages q ON 100 * s.place <= (s.n - 1) * q.percent AND (s.n - 1) * q.percent < 100 * (s.place + 1)),
wide AS (
  SELECT kind, financial_year, duty, vat_basis, division, n, MAX(CASE WHEN percent = 10 AND n >= :most_peers THEN pence END) AS p10,
    MAX(CASE WHEN percent = 25 AND n >= :least_peers THEN pence END) AS p25,
    MAX(CASE WHEN percent = 50 AND n >= :least_peers THEN pence END) AS median,
    MAX(CASE WHEN percent = 75 AND n >= :least_peers THEN pence END) AS p75,
    MAX(CASE WHEN percent = 90 AND n >= :most_peers THEN pence END) AS p90
  FROM quantiles
  GROUP BY kind, financial_year, duty, vat_basis, division, n)
SELECT w.kind, w.financial_year, w.duty, w.vat_basis, w.division, s.bodies, w.n, w.p10, w.p25, w.median, w.p75, w.p90,
  CASE
    WHEN w.n >= :most_peers THEN ''
    WHEN w.n >= :least_peers THEN 'only ' || CAST(w.n AS VARCHAR) || ' bodies bought any; '
      || CAST(:most_peers AS VARCHAR) || ' are needed for the 10 % and 90 % points'
    WHEN w.n = 1 THEN 'only 1 body bought any; at least ' || CAST(:least_peers AS VARCHAR) || ' are needed'
    ELSE 'only ' || CAST(w.n AS VARCHAR) || ' bodies bought any; at least ' || CAST(:least_peers AS VARCHAR) || ' are needed' END
FROM wide w
JOIN sizes s ON s.kind = w.kind AND s.financial_year = w.financial_year AND s.duty = w.duty AND s.vat_basis = w.vat_basis
ORDER BY w.kind, w.financial_year, w.duty, w.vat_basis, w.division;
