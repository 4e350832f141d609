-- One row: a body, and the share of all it procured that went on the category. For the bounds, what is added to the category or
-- taken from it is added to or taken from the whole as well.
SELECT body, pence AS top, procured_pence AS bottom,
  low_pence AS low_top, procured_pence - pence + low_pence AS low_bottom,
  high_pence AS high_top, CASE WHEN procured_pence > high_pence THEN procured_pence ELSE high_pence END AS high_bottom
FROM spending
WHERE ago = 0 AND procured_pence > 0
