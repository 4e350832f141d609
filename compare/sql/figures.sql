-- One row: what counts under a body and duty, in all or for one scope of a calendar month, or for one division or category of a
-- financial year.
DELETE FROM figures f
WHERE EXISTS (SELECT 1 FROM slices s WHERE s.body = f.body AND s.financial_year = f.financial_year);

INSERT INTO figures
WITH months AS (
  SELECT body, financial_year, month, duty, CASE WHEN GROUPING(scope) = 0 THEN 'scope' ELSE 'total' END AS dimension,
    CASE WHEN GROUPING(scope) = 0 THEN scope ELSE '' END AS key,
    SUM(payments) AS payments, SUM(pence) AS pence, SUM(credit_pence) AS credit_pence, SUM(repeated_pence) AS repeated_pence,
    CAST(NULL AS BIGINT) AS comparable_pence
  FROM month_sums
  GROUP BY GROUPING SETS ((body, financial_year, month, duty, scope), (body, financial_year, month, duty))),
divisions AS (
  SELECT body, financial_year, CAST(NULL AS DATE) AS month, duty, 'division' AS dimension, SUBSTRING(category, 1, 2) AS key,
    SUM(payments) AS payments, SUM(pence) AS pence, SUM(credit_pence) AS credit_pence, SUM(repeated_pence) AS repeated_pence,
    SUM(comparable_pence) AS comparable_pence
  FROM category_sums
  GROUP BY body, financial_year, duty, SUBSTRING(category, 1, 2)),
categories AS (
  SELECT body, financial_year, CAST(NULL AS DATE) AS month, duty, 'category' AS dimension, category AS key,
    payments, pence, credit_pence, repeated_pence, comparable_pence
  FROM category_sums),
parts AS (
  SELECT * FROM months UNION ALL SELECT * FROM divisions UNION ALL SELECT * FROM categories)
SELECT body, financial_year, month, duty, dimension, key, CAST(payments AS BIGINT), CAST(pence AS BIGINT),
  CAST(credit_pence AS BIGINT), CAST(repeated_pence AS BIGINT), CAST(comparable_pence AS BIGINT)
FROM parts
ORDER BY body, financial_year, dimension, month, duty, key;
