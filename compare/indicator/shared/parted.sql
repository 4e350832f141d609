-- One row: a body that paid anybody, and the share of its pounds that went to suppliers that count, of those known to count or not.
-- At least: nobody else counts, and those that do had their least; at most: everybody else does, and they had their most.
-- unknown: the share of the pounds of which it is not known. Where that is over a half there is no value.
WITH known AS (
  SELECT body, CAST(SUM(pence) AS BIGINT) AS pence, CAST(SUM(low_sixths) AS BIGINT) AS low_sixths, CAST(SUM(high_sixths) AS BIGINT) AS high_sixths,
    CAST(SUM(pence * counts) AS BIGINT) AS in_pence, CAST(SUM(low_sixths * counts) AS BIGINT) AS in_low, CAST(SUM(high_sixths * counts) AS BIGINT) AS in_high
  FROM {sample}
  GROUP BY body),
filled AS (
  SELECT n.body, n.named_pence + n.unnamed_pence AS pence, n.low_sixths, n.high_sixths, n.other_sixths,
    COALESCE(k.pence, 0) AS known_pence, COALESCE(k.low_sixths, 0) AS known_low, COALESCE(k.high_sixths, 0) AS known_high,
    COALESCE(k.in_pence, 0) AS in_pence, COALESCE(k.in_low, 0) AS in_low, COALESCE(k.in_high, 0) AS in_high
  FROM named n
  LEFT JOIN known k ON k.body = n.body
  WHERE n.named_pence + n.unnamed_pence > 0),
gauged AS (
  SELECT *, CASE WHEN 2 * known_pence >= pence THEN 1 ELSE 0 END AS enough, in_high + high_sixths - known_high + other_sixths AS most
  FROM filled)
SELECT body, in_pence AS top, enough * known_pence AS bottom,
  in_low AS low_top, enough * (in_low + high_sixths - in_high + other_sixths) AS low_bottom,
  most AS high_top, enough * (most + known_low - in_low) AS high_bottom,
  CAST(CAST(pence - known_pence AS DECIMAL(38, 6)) / CAST(pence AS DECIMAL(38, 6)) AS DECIMAL(24, 6)) AS unknown
FROM gauged
