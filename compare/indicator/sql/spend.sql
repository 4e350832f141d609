-- One row: a body, and the pounds it spent on the category.
SELECT body, pence AS top, 1 AS bottom, low_sixths AS low_top, 6 AS low_bottom, high_sixths AS high_top, 6 AS high_bottom
FROM spending
WHERE ago = 0
