-- One row: a payee or ledger word, letter case and spaces aside, that the published payments of a body show; for the
-- bodies whose figures are about to be written.
CREATE OR REPLACE TEMP TABLE named AS
WITH mine AS (
  SELECT body, payee, expense_type FROM serving.payments
  WHERE body IN (SELECT owner FROM replaced WHERE dataset = 'figures')),
spelt AS (
  SELECT DISTINCT body, 'payee' AS dimension, payee AS spelling FROM mine
  UNION ALL
  SELECT DISTINCT body, 'expense_type' AS dimension, expense_type AS spelling FROM mine WHERE expense_type IS NOT NULL)
SELECT DISTINCT body, dimension, lower(trim(regexp_replace(spelling, '[\s\p{Z}]+', ' ', 'g'))) AS folded
FROM spelt
