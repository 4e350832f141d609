-- One row: a value of a peer, in the series of its indicator; its bounds in series of their own. The body itself is left out.
SELECT indicator AS series, value FROM rated WHERE subject = 0
UNION ALL
SELECT indicator || ' low', low FROM rated WHERE subject = 0 AND value IS NOT NULL
UNION ALL
SELECT indicator || ' high', high FROM rated WHERE subject = 0 AND value IS NOT NULL
