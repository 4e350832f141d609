-- One row: a body, and the share of its pounds that its three largest suppliers had. At least: what went to suppliers that cannot be told
-- went to small ones; at most: to the largest.
SELECT body, three_pence AS top, named_pence AS bottom, three_pence AS low_top, named_pence + unnamed_pence AS low_bottom,
  three_pence + unnamed_pence AS high_top, named_pence + unnamed_pence AS high_bottom
FROM named
WHERE told = 1
