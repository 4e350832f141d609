-- One row: a body that holds the same months of the year before, and the change of its pounds since, as a share of those. At least:
-- only what was judged with confidence now, all that could belong before; at most the other way round.
SELECT n.body, n.pence - b.pence AS top, b.pence AS bottom,
  n.least_pence - b.most_pence AS low_top, b.most_pence AS low_bottom,
  n.most_pence - b.least_pence AS high_top, b.least_pence AS high_bottom
FROM spending n
JOIN spending b ON b.body = n.body AND b.ago = 1
JOIN chosen c ON c.body = n.body AND c.held_before = 1
WHERE n.ago = 0 AND b.pence > 0
