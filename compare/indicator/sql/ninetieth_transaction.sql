-- One row: a body, and the size of its ninetieth-percentile transaction. At least: with VAT in it, where that is not known.
SELECT q.series AS body, q.value AS top, 1 AS bottom,
  CASE WHEN :vat_basis = 'unknown' THEN CAST(q.value * CAST(0.833333 AS DECIMAL(7, 6)) AS DECIMAL(24, 6)) ELSE q.value END AS low_top,
  1 AS low_bottom, q.value AS high_top, 1 AS high_bottom
FROM size_quantiles q
WHERE q.percent = 90
