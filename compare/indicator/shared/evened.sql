-- One row: a body, and the least that its Herfindahl index may be: what went to others went to very many, and the suppliers are
-- evened out: at a level, those that must have more have their least, those that cannot have so much their most, the rest the level.
-- The levels tried are the bounds of every supplier.
WITH bounds AS (
  SELECT body, low_sixths AS level, CAST(low_sixths AS DECIMAL(19, 0)) AS low, CAST(0 AS DECIMAL(19, 0)) AS high, 1 AS lows, 0 AS highs FROM paid
  UNION ALL
  SELECT body, high_sixths, CAST(0 AS DECIMAL(19, 0)), CAST(high_sixths AS DECIMAL(19, 0)), 0, 1 FROM paid),
-- Up to a level: how many bounds there are, their sums and the sums of their squares.
levels AS (
  SELECT body, CAST(level AS DECIMAL(19, 0)) AS level,
    CAST(SUM(lows - highs) OVER upto AS DECIMAL(7, 0)) AS even,
    SUM(high) OVER upto + SUM(low) OVER whole - SUM(low) OVER upto AS pounds,
    SUM(high * high) OVER upto + SUM(low * low) OVER whole - SUM(low * low) OVER upto AS squares
  FROM bounds
  WINDOW upto AS (PARTITION BY body ORDER BY level), whole AS (PARTITION BY body)),
sums AS (
  SELECT l.body, CAST(l.squares + l.even * CAST(l.level * l.level AS DECIMAL(31, 0)) AS DECIMAL(38, 0)) AS squares,
    CAST(l.pounds + l.even * l.level + n.other_sixths AS DECIMAL(19, 0)) AS pounds
  FROM levels l
  JOIN named n ON n.body = l.body)
SELECT body, MIN(CAST(CAST(squares AS DECIMAL(38, 6)) / CAST(pounds * pounds AS DECIMAL(38, 6)) AS DECIMAL(24, 6))) AS share
FROM sums
WHERE pounds > 0
GROUP BY body
