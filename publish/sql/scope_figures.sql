-- One row: a figure as it may be published. A payee or ledger word that no published payment of the body shows is
-- counted under Withheld: upstream should have left it out, and this is the last door.
CREATE OR REPLACE TEMP VIEW published_figures AS
WITH judged AS (
  SELECT f.*,
    CASE WHEN f.dimension NOT IN ('payee', 'expense_type') OR f.key = '' OR n.folded IS NOT NULL THEN f.key ELSE 'Withheld' END AS shown_key
  FROM figures f
  JOIN shown s ON s.body = f.body
  LEFT JOIN named n ON n.body = f.body AND n.dimension = f.dimension
    AND n.folded = lower(trim(regexp_replace(f.key, '[\s\p{Z}]+', ' ', 'g'))))
SELECT body, financial_year, month, duty, dimension, shown_key AS key,
  CAST(sum(payments) AS BIGINT) AS payments, CAST(sum(pence) AS BIGINT) AS pence, CAST(sum(credit_pence) AS BIGINT) AS credit_pence,
  CAST(sum(repeated_pence) AS BIGINT) AS repeated_pence, CAST(sum(comparable_pence) AS BIGINT) AS comparable_pence
FROM judged
GROUP BY body, financial_year, month, duty, dimension, shown_key
