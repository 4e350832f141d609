-- One row: a body, and the sum of the squares of its suppliers' shares: 1 is a single supplier, near 0 very many. Bounds as for
-- the largest three.
SELECT body, squares AS top,
  CAST(named_pence AS DECIMAL(19, 0)) * CAST(named_pence AS DECIMAL(19, 0)) AS bottom,
  squares AS low_top,
  CAST(named_pence + unnamed_pence AS DECIMAL(19, 0)) * CAST(named_pence + unnamed_pence AS DECIMAL(19, 0)) AS low_bottom,
  squares - CAST(largest_pence AS DECIMAL(19, 0)) * CAST(largest_pence AS DECIMAL(19, 0))
    + CAST(largest_pence + unnamed_pence AS DECIMAL(19, 0)) * CAST(largest_pence + unnamed_pence AS DECIMAL(19, 0)) AS high_top,
  CAST(named_pence + unnamed_pence AS DECIMAL(19, 0)) * CAST(named_pence + unnamed_pence AS DECIMAL(19, 0)) AS high_bottom
FROM named
WHERE told = 1
