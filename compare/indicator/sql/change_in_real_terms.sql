-- One row: a body that holds the same months of the year before, and the change of its pounds since, with the pounds of the year before put
-- in this year's prices: multiplied by this year's index and divided by that year's.
SELECT n.body,
  CAST(n.pence AS DECIMAL(18, 0)) * CAST(:index_before AS DECIMAL(12, 0)) - CAST(b.pence AS DECIMAL(18, 0)) * CAST(:index_now AS DECIMAL(12, 0)) AS top,
  CAST(b.pence AS DECIMAL(18, 0)) * CAST(:index_now AS DECIMAL(12, 0)) AS bottom,
  CAST(n.least_pence AS DECIMAL(18, 0)) * CAST(:index_before AS DECIMAL(12, 0)) - CAST(b.most_pence AS DECIMAL(18, 0)) * CAST(:index_now AS DECIMAL(12, 0)) AS low_top,
  CAST(b.most_pence AS DECIMAL(18, 0)) * CAST(:index_now AS DECIMAL(12, 0)) AS low_bottom,
  CAST(n.most_pence AS DECIMAL(18, 0)) * CAST(:index_before AS DECIMAL(12, 0)) - CAST(b.least_pence AS DECIMAL(18, 0)) * CAST(:index_now AS DECIMAL(12, 0)) AS high_top,
  CAST(b.least_pence AS DECIMAL(18, 0)) * CAST(:index_now AS DECIMAL(12, 0)) AS high_bottom
FROM spending n
JOIN spending b ON b.body = n.body AND b.ago = 1
JOIN chosen c ON c.body = n.body AND c.held_before = 1
WHERE n.ago = 0 AND b.pence > 0
