-- One row: a body, and the sum of the squares of its suppliers' shares: 1 is a single supplier, near 0 very many. At least: the suppliers
-- as even as their bounds allow; at most: as uneven.
SELECT n.body, n.squares AS top,
  CAST(n.named_pence AS DECIMAL(19, 0)) * CAST(n.named_pence AS DECIMAL(19, 0)) AS bottom,
  e.share AS low_top, 1 AS low_bottom, CASE WHEN p.share > 1 THEN 1 ELSE p.share END AS high_top, 1 AS high_bottom
FROM named n
JOIN evened e ON e.body = n.body
JOIN peaked p ON p.body = n.body
WHERE n.told = 1
