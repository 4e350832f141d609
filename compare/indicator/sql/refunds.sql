-- One row: a body, and what it got back in refunds and credits, as a share of what it paid out.
SELECT body, COALESCE(refunded, 0) AS top, paid_out AS bottom, COALESCE(refunded, 0) AS low_top, paid_out AS low_bottom,
  COALESCE(refunded, 0) AS high_top, paid_out AS high_bottom
FROM (
  SELECT body, CAST(-SUM(CASE WHEN pence < 0 THEN pence ELSE 0 END) AS BIGINT) AS refunded,
    CAST(SUM(CASE WHEN pence > 0 THEN pence ELSE 0 END) AS BIGINT) AS paid_out
  FROM counted
  GROUP BY body) sums
WHERE paid_out > 0
