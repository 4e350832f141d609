-- One row: a body, and the pounds it spent on the category.
SELECT body, pence AS top, 1 AS bottom, low_pence AS low_top, 1 AS low_bottom, high_pence AS high_top, 1 AS high_bottom
FROM spending
WHERE ago = 0
