-- One row: an indicator of a body: its value and bounds, divided last, to six places. unknown: the share that only a register could tell.
SELECT m.indicator, m.body, c.subject, m.top, m.bottom, m.unknown,
  CASE WHEN m.bottom = 1 THEN CAST(m.top AS DECIMAL(24, 6))
    WHEN m.bottom > 0 THEN CAST(CAST(m.top AS DECIMAL(38, 6)) / CAST(m.bottom AS DECIMAL(38, 6)) AS DECIMAL(24, 6)) END AS value,
  CASE WHEN m.low_bottom = 1 THEN CAST(m.low_top AS DECIMAL(24, 6))
    WHEN m.low_bottom > 0 THEN CAST(CAST(m.low_top AS DECIMAL(38, 6)) / CAST(m.low_bottom AS DECIMAL(38, 6)) AS DECIMAL(24, 6)) END AS low,
  CASE WHEN m.high_bottom = 1 THEN CAST(m.high_top AS DECIMAL(24, 6))
    WHEN m.high_bottom > 0 THEN CAST(CAST(m.high_top AS DECIMAL(38, 6)) / CAST(m.high_bottom AS DECIMAL(38, 6)) AS DECIMAL(24, 6)) END AS high
FROM measured m
JOIN chosen c ON c.body = m.body
