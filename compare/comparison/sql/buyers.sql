-- One row: a body that bought of a category, or from a supplier, in a period: its pounds, transactions and suppliers, and how many of
-- these suppliers others paid as well.
WITH paid AS (
  SELECT t.body, t.supplier, COUNT(*) AS transactions, CAST(SUM(t.pence) AS BIGINT) AS pence
  FROM transactions t
  WHERE t.category >= :category_from AND t.category < :category_to
    AND t.financial_year >= :year_from AND t.financial_year <= :year_to
    AND t.month BETWEEN CAST(:first_month AS DATE) AND CAST(:last_month AS DATE)
    AND t.scope = 'procurement' AND (:supplier = '' OR t.supplier = :supplier) AND t.duty <> 'REPORTED' AND COALESCE(t.repeats, FALSE) = FALSE
  GROUP BY t.body, t.supplier),
counted AS (
  SELECT *, CASE WHEN supplier = '' THEN 0 ELSE 1 END AS named,
    CASE WHEN supplier <> '' AND COUNT(*) OVER (PARTITION BY supplier) > 1 THEN 1 ELSE 0 END AS shared
  FROM paid)
SELECT c.body, COALESCE(b.name, c.body) AS name, COALESCE(b.kind, '') AS kind,
  CAST(SUM(c.pence) AS BIGINT) AS pence, CAST(SUM(c.transactions) AS BIGINT) AS transactions,
  CAST(SUM(c.named) AS BIGINT) AS suppliers, CAST(SUM(c.shared) AS BIGINT) AS shared_suppliers,
  CAST(SUM(CASE WHEN c.named = 0 THEN c.pence ELSE 0 END) AS BIGINT) AS unnamed_pence
FROM counted c
LEFT JOIN register b ON b.body = c.body
GROUP BY c.body, COALESCE(b.name, c.body), COALESCE(b.kind, '')
ORDER BY pence DESC, c.body
