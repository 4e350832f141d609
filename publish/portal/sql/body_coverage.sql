-- One row: a month of a body under a duty, and how well it is held.
SELECT b.name, b.slug, c.financial_year, c.duty, CAST(c.month AS VARCHAR), c.status, c.payments
FROM coverage c
JOIN bodies b ON b.body = c.body
WHERE c.body = :body AND c.month IS NOT NULL
ORDER BY c.financial_year DESC, c.duty, c.month, c.status
