-- One row: a body, and its pounds in the category for each bed of its own. A body without a figure of that year has none.
SELECT s.body, s.pence AS top, d.value AS bottom, s.low_sixths AS low_top, 6 * d.value AS low_bottom,
  s.high_sixths AS high_top, 6 * d.value AS high_bottom
FROM spending s
JOIN denominators d ON d.body = s.body AND d.measure = 'beds' AND d.year = :beds_year AND d.value > 0
WHERE s.ago = 0
