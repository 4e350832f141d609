-- One row: a body, and the share of its pounds that its three largest suppliers had. At least: they had their least, the others their
-- most, and what went to suppliers that cannot be told, or may belong besides, went to small ones; at most: the other way
-- round, and it went to the largest.
SELECT body, three_pence AS top, named_pence AS bottom,
  three_low AS low_top, three_low + high_sixths - three_high + other_sixths AS low_bottom,
  likely_high + other_sixths AS high_top, likely_high + low_sixths - likely_low + other_sixths AS high_bottom
FROM named
WHERE told = 1
