-- One row: a body, and the share of its pounds that went to charities, of those whose supplier can be told. At least: none of the others
-- was a charity, and charities had their least; at most: all were, and they had their most.
SELECT n.body, COALESCE(c.pence, 0) AS top, n.named_pence AS bottom,
  COALESCE(c.low_sixths, 0) AS low_top,
  COALESCE(c.low_sixths, 0) + n.high_sixths - COALESCE(c.high_sixths, 0) + n.other_sixths AS low_bottom,
  COALESCE(c.high_sixths, 0) + n.other_sixths AS high_top,
  COALESCE(c.high_sixths, 0) + n.low_sixths - COALESCE(c.low_sixths, 0) + n.other_sixths AS high_bottom
FROM named n
LEFT JOIN (
  SELECT p.body, CAST(SUM(p.pence) AS BIGINT) AS pence, CAST(SUM(p.low_sixths) AS BIGINT) AS low_sixths,
    CAST(SUM(p.high_sixths) AS BIGINT) AS high_sixths
  FROM paid p
  JOIN suppliers s ON s.supplier = p.supplier
  WHERE s.kind = 'charity'
  GROUP BY p.body) c ON c.body = n.body
WHERE n.told = 1
