-- What coverage and figures are made from: transactions added up, each sum by one pass over them.

-- One row: a month of a body under a duty, a scope, and what they come to. See coverage and figures for the words. The year is
-- that of the month, so that millions of rows are not grouped by it too.
CREATE OR REPLACE TEMP TABLE month_sums AS
WITH grouped AS (
  SELECT body, month, duty, scope, category <> '' AS named, repeats, redacted,
    SUM(payments) AS payments, SUM(pence) AS pence, SUM(credit_pence) AS credit_pence
  FROM sliced
  GROUP BY body, month, duty, scope, category <> '', repeats, redacted),
judged AS (
  SELECT g.*, COALESCE(c.financial_year, '') AS financial_year,
    CASE WHEN g.scope <> 'unknown' AND (g.scope <> 'procurement' OR g.named) THEN 1 ELSE 0 END AS classified
  FROM grouped g
  LEFT JOIN calendar c ON c.month = g.month)
SELECT body, financial_year, month, duty, scope,
  SUM(payments) AS payments, SUM(pence) AS pence, SUM(credit_pence) AS credit_pence,
  SUM(CASE WHEN repeats THEN pence ELSE 0 END) AS repeated_pence,
  SUM(CASE WHEN classified = 1 THEN payments ELSE 0 END) AS classified_payments,
  SUM(CASE WHEN classified = 1 THEN pence ELSE 0 END) AS classified_pence,
  SUM(CASE WHEN redacted THEN payments ELSE 0 END) AS redacted_payments,
  SUM(CASE WHEN redacted THEN pence ELSE 0 END) AS redacted_pence
FROM judged
GROUP BY body, financial_year, month, duty, scope;

-- One row: a financial year of a body under a duty, a category, and what they come to.
CREATE OR REPLACE TEMP TABLE category_sums AS
SELECT t.body, t.financial_year, t.duty, t.category,
  SUM(t.payments) AS payments, SUM(t.pence) AS pence, SUM(t.credit_pence) AS credit_pence,
  SUM(CASE WHEN t.repeats THEN t.pence ELSE 0 END) AS repeated_pence,
  SUM(CASE WHEN t.scope = 'procurement' AND NOT t.repeats AND ABS(t.transaction_pence) >= d.floor_pence THEN t.pence ELSE 0 END)
    AS comparable_pence
FROM sliced t
JOIN duties d ON d.duty = t.duty
GROUP BY t.body, t.financial_year, t.duty, t.category;

-- One row: a financial year of a body under a duty, a usual threshold in pence, and how many rows of transactions paid out are of it
-- or more and of less than the next.
CREATE OR REPLACE TEMP TABLE level_sums AS
SELECT body, financial_year, duty,
  CASE
    WHEN transaction_pence < 10000 THEN 0 WHEN transaction_pence < 25000 THEN 10000
    WHEN transaction_pence < 50000 THEN 25000 WHEN transaction_pence < 100000 THEN 50000
    WHEN transaction_pence < 500000 THEN 100000 WHEN transaction_pence < 1000000 THEN 500000
    WHEN transaction_pence < 2000000 THEN 1000000 WHEN transaction_pence < 2500000 THEN 2000000
    WHEN transaction_pence < 3000000 THEN 2500000 ELSE 3000000 END AS level_pence,
  COUNT(*) AS times
FROM sliced
WHERE transaction_pence > 0
GROUP BY 1, 2, 3, 4;
