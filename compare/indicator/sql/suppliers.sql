-- One row: a body, and how many suppliers it paid. At most, each transaction whose supplier cannot be told had one of its own.
SELECT body, suppliers AS top, 1 AS bottom, suppliers AS low_top, 1 AS low_bottom,
  suppliers + unnamed_transactions AS high_top, 1 AS high_bottom
FROM named
