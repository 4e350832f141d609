-- One row: a financial year of which a body and others of its kind and level hold at least half the months, and how many bodies do.
WITH present AS (
  SELECT c.body, c.financial_year, c.duty
  FROM coverage c
  JOIN register b ON b.body = c.body
  WHERE b.kind = :kind AND b.tier IN ({tiers}) AND c.status IN ('held', 'nil') AND COALESCE(c.undecided, 0) = 0 AND c.month IS NOT NULL AND c.duty <> 'REPORTED'
  GROUP BY c.body, c.financial_year, c.duty
  HAVING COUNT(*) >= 6)
SELECT p.financial_year, MAX(p.bodies) AS bodies
FROM (SELECT financial_year, duty, COUNT(*) AS bodies, MAX(CASE WHEN body = :body THEN 1 ELSE 0 END) AS own FROM present GROUP BY financial_year, duty) p
WHERE p.own = 1 AND p.bodies > 1
GROUP BY p.financial_year
ORDER BY bodies DESC, p.financial_year DESC
