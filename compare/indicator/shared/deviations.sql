-- One row: how far a peer lies from the median of the peers, either way.
SELECT r.indicator AS series, CAST(ABS(r.value - q.value) AS DECIMAL(24, 6)) AS value
FROM rated r
JOIN quantiles q ON q.series = r.indicator AND q.percent = 50
WHERE r.subject = 0
