-- One row: an indicator of a body, with its bounds; of the body compared also its benchmark and where it stands.
-- place: 1 for the highest; percentile: the share of the peers below, those equal counting half. distance: in median
-- absolute deviations. from_median: the value's distance from the median times what it is divided by; none where that is
-- no amount but the square of one.
SELECT r.indicator, r.body, CAST(r.value AS VARCHAR) AS value, CAST(r.low AS VARCHAR) AS low, CAST(r.high AS VARCHAR) AS high, r.subject,
  b.n, CAST(b.p10 AS VARCHAR) AS p10, CAST(b.p25 AS VARCHAR) AS p25, CAST(b.median AS VARCHAR) AS median,
  CAST(b.p75 AS VARCHAR) AS p75, CAST(b.p90 AS VARCHAR) AS p90,
  CAST(b.low_median AS VARCHAR) AS low_median, CAST(b.high_median AS VARCHAR) AS high_median,
  1 + s.above AS place,
  CASE WHEN b.n > 0 THEN CAST(CAST(CAST(100 * s.below + 50 * s.equal AS DECIMAL(18, 6)) / CAST(b.n AS DECIMAL(18, 6)) AS DECIMAL(18, 6)) AS VARCHAR) END AS percentile,
  CASE WHEN b.deviation > 0 THEN CAST(CAST(CAST(r.value - b.median AS DECIMAL(38, 6)) / CAST(b.deviation AS DECIMAL(38, 6)) AS DECIMAL(18, 6)) AS VARCHAR) END AS distance,
  CASE WHEN r.bottom < 100000000000000 AND ABS(r.value) < 10000000000000
    THEN CAST(CAST(CAST(r.value - b.median AS DECIMAL(20, 6)) * CAST(r.bottom AS DECIMAL(18, 3)) AS DECIMAL(28, 0)) AS VARCHAR) END AS from_median,
  CAST(r.unknown AS VARCHAR) AS unknown
FROM rated r
LEFT JOIN benchmarked b ON b.indicator = r.indicator AND r.subject = 1
LEFT JOIN (
  SELECT m.indicator, COUNT(*) FILTER (WHERE p.value > m.value) AS above, COUNT(*) FILTER (WHERE p.value < m.value) AS below,
    COUNT(*) FILTER (WHERE p.value = m.value) AS equal
  FROM rated m
  JOIN rated p ON p.indicator = m.indicator AND p.subject = 0 AND p.value IS NOT NULL
  WHERE m.subject = 1
  GROUP BY m.indicator) s ON s.indicator = r.indicator AND r.subject = 1
ORDER BY r.indicator, r.body
