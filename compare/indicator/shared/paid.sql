-- One row: a supplier that a body paid more than it got back, with its place by pounds and by what they may at most be.
SELECT body, supplier, pence, CASE WHEN low_sixths > 0 THEN low_sixths ELSE 0 END AS low_sixths, high_sixths,
  ROW_NUMBER() OVER (PARTITION BY body ORDER BY pence DESC, supplier) AS place,
  ROW_NUMBER() OVER (PARTITION BY body ORDER BY high_sixths DESC, supplier) AS high_place
FROM met
WHERE pence > 0
