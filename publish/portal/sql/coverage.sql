-- One row: a month of a body under a duty in a financial year, for a page of bodies after a place in the order of names.
WITH shown AS (
  SELECT body, name, slug FROM bodies
  WHERE (name > :name OR (name = :name AND slug > :slug))
    AND body IN (SELECT body FROM coverage WHERE financial_year = :year)
  ORDER BY name, slug
  LIMIT :limit)
SELECT s.name, s.slug, c.financial_year, c.duty, CAST(c.month AS VARCHAR), c.status, c.payments
FROM coverage c
JOIN shown s ON s.body = c.body
WHERE c.financial_year = :year AND c.month IS NOT NULL
ORDER BY s.name, s.slug, c.duty, c.month, c.status
