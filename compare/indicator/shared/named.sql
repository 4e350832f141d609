-- One row: a body that paid anybody: how many suppliers could be told, their pounds, the largest and the largest three, the sum of their
-- squares; unnamed_pence and unnamed_transactions went to suppliers that could not be told (redacted, or not resolved).
-- told is 1 where at least four fifths of the pounds went to suppliers that could be.
WITH known AS (
  SELECT body, COUNT(*) AS suppliers, CAST(SUM(pence) AS BIGINT) AS named_pence,
    CAST(SUM(CASE WHEN place = 1 THEN pence ELSE 0 END) AS BIGINT) AS largest_pence,
    CAST(SUM(CASE WHEN place <= 3 THEN pence ELSE 0 END) AS BIGINT) AS three_pence,
    SUM(CAST(pence AS DECIMAL(19, 0)) * CAST(pence AS DECIMAL(19, 0))) AS squares
  FROM paid
  GROUP BY body),
unknown AS (
  SELECT body, COUNT(*) AS unnamed_transactions, CAST(SUM(pence) AS BIGINT) AS unnamed_pence
  FROM counted
  WHERE supplier = '' AND pence > 0
  GROUP BY body),
either AS (
  SELECT c.body, COALESCE(k.suppliers, 0) AS suppliers, COALESCE(k.named_pence, 0) AS named_pence,
    COALESCE(k.largest_pence, 0) AS largest_pence, COALESCE(k.three_pence, 0) AS three_pence, COALESCE(k.squares, 0) AS squares,
    COALESCE(u.unnamed_pence, 0) AS unnamed_pence, COALESCE(u.unnamed_transactions, 0) AS unnamed_transactions
  FROM chosen c
  LEFT JOIN known k ON k.body = c.body
  LEFT JOIN unknown u ON u.body = c.body)
SELECT *, CASE WHEN named_pence > 0 AND named_pence >= 4 * unnamed_pence THEN 1 ELSE 0 END AS told
FROM either
