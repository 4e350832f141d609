-- One row: a body, a year, and what could not be judged: the pounds paid out and those that came back, of the scope and strange
-- (of unknown scope); the largest payment out and back, and how many payments they are.
SELECT body, ago,
  CAST(SUM(CASE WHEN pence > 0 AND strange = 0 THEN pence ELSE 0 END) AS BIGINT) AS out_pence,
  CAST(SUM(CASE WHEN pence > 0 AND strange = 1 THEN pence ELSE 0 END) AS BIGINT) AS strange_out_pence,
  CAST(SUM(CASE WHEN pence < 0 AND strange = 0 THEN -pence ELSE 0 END) AS BIGINT) AS back_pence,
  CAST(SUM(CASE WHEN pence < 0 AND strange = 1 THEN -pence ELSE 0 END) AS BIGINT) AS strange_back_pence,
  GREATEST(MAX(pence), 0) AS largest_out, GREATEST(MAX(-pence), 0) AS largest_back, CAST(SUM(payments) AS BIGINT) AS payments
FROM unclassified
GROUP BY body, ago
