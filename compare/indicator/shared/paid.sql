-- One row: a supplier that a body paid more than it got back, with its place by pounds.
SELECT body, supplier, pence, ROW_NUMBER() OVER (PARTITION BY body ORDER BY pence DESC, supplier) AS place
FROM (
  SELECT body, supplier, CAST(SUM(pence) AS BIGINT) AS pence
  FROM counted
  WHERE supplier <> ''
  GROUP BY body, supplier) sums
WHERE pence > 0
