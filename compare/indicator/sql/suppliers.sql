-- One row: a body, and how many suppliers it paid. At least, those that were surely paid more than they gave back; at most, those
-- that may have been, and each transaction whose supplier cannot be told, or that may belong besides, had one of its own.
SELECT n.body, n.suppliers AS top, 1 AS bottom, COALESCE(m.least, 0) AS low_top, 1 AS low_bottom,
  COALESCE(m.most, 0) + n.unnamed_transactions + n.more_payments AS high_top, 1 AS high_bottom
FROM named n
LEFT JOIN (
  SELECT body, COUNT(CASE WHEN low_sixths > 0 THEN 1 END) AS least, COUNT(CASE WHEN high_sixths > 0 THEN 1 END) AS most
  FROM met
  GROUP BY body) m ON m.body = n.body
