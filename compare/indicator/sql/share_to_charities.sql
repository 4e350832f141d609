-- One row: a body, and the share of its pounds that went to charities, of those whose supplier can be told. At least: none of the others
-- was a charity; at most: all were.
SELECT n.body, COALESCE(c.pence, 0) AS top, n.named_pence AS bottom,
  COALESCE(c.pence, 0) AS low_top, n.named_pence + n.unnamed_pence AS low_bottom,
  COALESCE(c.pence, 0) + n.unnamed_pence AS high_top, n.named_pence + n.unnamed_pence AS high_bottom
FROM named n
LEFT JOIN (
  SELECT p.body, CAST(SUM(p.pence) AS BIGINT) AS pence
  FROM paid p
  JOIN suppliers s ON s.supplier = p.supplier
  WHERE s.kind = 'charity'
  GROUP BY p.body) c ON c.body = n.body
WHERE n.told = 1
