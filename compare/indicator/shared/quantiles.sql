-- One row: a series and a percentage: the value that the percentage of the series' values lie at or below.
-- n values in order are numbered 0 to n - 1. The percentage p points at (n - 1) p / 100; between two values it goes as far as
-- the fraction says: of 10, 20, 40 and 80 the 25 % point is at 0.75, three quarters of the way from 10 to 20: 17.5.
WITH percentages (percent) AS (VALUES (10), (25), (50), (75), (90)),
places AS (
  SELECT series, value, ROW_NUMBER() OVER (PARTITION BY series ORDER BY value) - 1 AS place,
    COUNT(*) OVER (PARTITION BY series) AS n, LEAD(value) OVER (PARTITION BY series ORDER BY value) AS following
  FROM {sample}
  WHERE value IS NOT NULL)
SELECT p.series, q.percent, p.n,
  CAST(p.value + CAST(CAST((p.n - 1) * q.percent - 100 * p.place AS DECIMAL(3, 0)) * CAST(0.01 AS DECIMAL(2, 2)) AS DECIMAL(3, 2))
    * CAST(COALESCE(p.following, p.value) - p.value AS DECIMAL(24, 6)) AS DECIMAL(24, 6)) AS value
FROM places p
JOIN percentages q ON 100 * p.place <= (p.n - 1) * q.percent AND (p.n - 1) * q.percent < 100 * (p.place + 1)
