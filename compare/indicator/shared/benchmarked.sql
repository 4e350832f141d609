-- One row: an indicator and what the peers' values come to: how many there are, the five points of their distribution, the medians of their
-- bounds, the median absolute deviation.
SELECT i.indicator, COALESCE(MAX(CASE WHEN q.series = i.indicator THEN q.n END), 0) AS n,
  MAX(CASE WHEN q.series = i.indicator AND q.percent = 10 THEN q.value END) AS p10,
  MAX(CASE WHEN q.series = i.indicator AND q.percent = 25 THEN q.value END) AS p25,
  MAX(CASE WHEN q.series = i.indicator AND q.percent = 50 THEN q.value END) AS median,
  MAX(CASE WHEN q.series = i.indicator AND q.percent = 75 THEN q.value END) AS p75,
  MAX(CASE WHEN q.series = i.indicator AND q.percent = 90 THEN q.value END) AS p90,
  MAX(CASE WHEN q.series = i.indicator || ' low' AND q.percent = 50 THEN q.value END) AS low_median,
  MAX(CASE WHEN q.series = i.indicator || ' high' AND q.percent = 50 THEN q.value END) AS high_median,
  MAX(d.value) AS deviation
FROM (SELECT DISTINCT indicator FROM measured) i
LEFT JOIN quantiles q ON q.series IN (i.indicator, i.indicator || ' low', i.indicator || ' high')
LEFT JOIN deviation_quantiles d ON d.series = i.indicator AND d.percent = 50
GROUP BY i.indicator
