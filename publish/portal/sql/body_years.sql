-- One row: a financial year of a body under a duty; '' for payments that count under no month. What others report of it comes last.
SELECT f.body, f.financial_year, f.duty, COALESCE(max(c.held), 0), CAST(sum(f.payments) AS BIGINT), CAST(sum(f.pence) AS BIGINT), CAST(sum(f.credit_pence) AS BIGINT)
FROM figures f
LEFT JOIN (
  SELECT body, financial_year, duty, count(*) FILTER (WHERE status IN ('held', 'nil')) AS held
  FROM coverage GROUP BY body, financial_year, duty) c ON c.body = f.body AND c.financial_year = f.financial_year AND c.duty = f.duty
WHERE f.dimension = 'total'
GROUP BY f.body, f.financial_year, f.duty
ORDER BY f.body, CASE WHEN f.duty = 'REPORTED' THEN 1 ELSE 0 END, f.financial_year DESC, f.duty
