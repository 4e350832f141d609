-- One row: a body that paid anybody: how many suppliers could be told, their pounds, the largest three's, the sum of their
-- squares; unnamed_pence and unnamed_transactions went to suppliers that could not be told (redacted, or not resolved).
-- In sixths of a penny: what the suppliers had at least and at most, what the three largest had, and what the three that
-- may be largest had; other_sixths went to suppliers that cannot be told, or may belong to the category besides.
-- told is 1 where at least four fifths of the pounds went to suppliers that could be.
WITH known AS (
  SELECT body, COUNT(*) AS suppliers, CAST(SUM(pence) AS BIGINT) AS named_pence,
    CAST(SUM(CASE WHEN place <= 3 THEN pence ELSE 0 END) AS BIGINT) AS three_pence,
    SUM(CAST(pence AS DECIMAL(19, 0)) * CAST(pence AS DECIMAL(19, 0))) AS squares,
    CAST(SUM(low_sixths) AS BIGINT) AS low_sixths, CAST(SUM(high_sixths) AS BIGINT) AS high_sixths,
    CAST(SUM(CASE WHEN place <= 3 THEN low_sixths ELSE 0 END) AS BIGINT) AS three_low,
    CAST(SUM(CASE WHEN place <= 3 THEN high_sixths ELSE 0 END) AS BIGINT) AS three_high,
    CAST(SUM(CASE WHEN high_place <= 3 THEN low_sixths ELSE 0 END) AS BIGINT) AS likely_low,
    CAST(SUM(CASE WHEN high_place <= 3 THEN high_sixths ELSE 0 END) AS BIGINT) AS likely_high
  FROM paid
  GROUP BY body),
unknown AS (
  SELECT body, COUNT(*) AS unnamed_transactions, CAST(SUM(pence) AS BIGINT) AS unnamed_pence
  FROM counted
  WHERE supplier = '' AND pence > 0
  GROUP BY body),
either AS (
  SELECT c.body, COALESCE(k.suppliers, 0) AS suppliers, COALESCE(k.named_pence, 0) AS named_pence,
    COALESCE(k.three_pence, 0) AS three_pence, COALESCE(k.squares, 0) AS squares,
    COALESCE(k.low_sixths, 0) AS low_sixths, COALESCE(k.high_sixths, 0) AS high_sixths,
    COALESCE(k.three_low, 0) AS three_low, COALESCE(k.three_high, 0) AS three_high,
    COALESCE(k.likely_low, 0) AS likely_low, COALESCE(k.likely_high, 0) AS likely_high,
    COALESCE(u.unnamed_pence, 0) AS unnamed_pence, COALESCE(u.unnamed_transactions, 0) AS unnamed_transactions,
    6 * (COALESCE(u.unnamed_pence, 0) + s.more_pence) AS other_sixths, s.more_payments
  FROM chosen c
  JOIN spending s ON s.body = c.body AND s.ago = 0
  LEFT JOIN known k ON k.body = c.body
  LEFT JOIN unknown u ON u.body = c.body)
SELECT *, CASE WHEN named_pence > 0 AND named_pence >= 4 * unnamed_pence THEN 1 ELSE 0 END AS told
FROM either
