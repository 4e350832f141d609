-- One row: a body, and the most that its Herfindahl index may be: what went to others went to the largest supplier, and the largest so many
-- had their most, the others their least: how many, whichever gives the most.
WITH ordered AS (
  SELECT body, CAST(low_sixths AS DECIMAL(19, 0)) AS low, CAST(high_sixths AS DECIMAL(19, 0)) AS high,
    low_sixths + high_sixths AS middle, supplier
  FROM paid),
places AS (
  SELECT body, MAX(high) OVER whole AS largest,
    SUM(high) OVER upto + SUM(low) OVER whole - SUM(low) OVER upto AS pounds,
    SUM(high * high) OVER upto + SUM(low * low) OVER whole - SUM(low * low) OVER upto AS squares
  FROM ordered
  WINDOW upto AS (PARTITION BY body ORDER BY middle DESC, supplier), whole AS (PARTITION BY body)),
sums AS (
  SELECT p.body, CAST(p.squares + CAST(2 * p.largest + n.other_sixths AS DECIMAL(19, 0)) * CAST(n.other_sixths AS DECIMAL(19, 0)) AS DECIMAL(38, 0)) AS squares,
    CAST(p.pounds + n.other_sixths AS DECIMAL(19, 0)) AS pounds
  FROM places p
  JOIN named n ON n.body = p.body)
SELECT body, MAX(CAST(CAST(squares AS DECIMAL(38, 6)) / CAST(pounds * pounds AS DECIMAL(38, 6)) AS DECIMAL(24, 6))) AS share
FROM sums
WHERE pounds > 0
GROUP BY body
