-- One row: a body, and what it got back in refunds and credits, as a share of what it paid out. At least: the least came back and the most
-- was paid out; at most the other way round.
SELECT c.body, c.back_pence AS top, c.out_pence AS bottom,
  c.back_low AS low_top, c.out_high + 6 * s.more_pence AS low_bottom,
  c.back_high + 6 * s.less_pence AS high_top, c.out_low AS high_bottom
FROM (
  SELECT body, CAST(-SUM(CASE WHEN pence < 0 THEN pence ELSE 0 END) AS BIGINT) AS back_pence,
    CAST(SUM(CASE WHEN pence > 0 THEN pence ELSE 0 END) AS BIGINT) AS out_pence,
    CAST(-SUM(CASE WHEN pence < 0 THEN high_sixths ELSE 0 END) AS BIGINT) AS back_low,
    CAST(-SUM(CASE WHEN pence < 0 THEN low_sixths ELSE 0 END) AS BIGINT) AS back_high,
    CAST(SUM(CASE WHEN pence > 0 THEN low_sixths ELSE 0 END) AS BIGINT) AS out_low,
    CAST(SUM(CASE WHEN pence > 0 THEN high_sixths ELSE 0 END) AS BIGINT) AS out_high
  FROM counted
  GROUP BY body) c
JOIN spending s ON s.body = c.body AND s.ago = 0
WHERE c.out_pence > 0
