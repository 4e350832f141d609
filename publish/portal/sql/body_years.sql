-- One row: a financial year of a body under a duty; '' for payments that count under no month.
SELECT f.financial_year, f.duty, COALESCE(max(c.held), 0), CAST(sum(f.payments) AS BIGINT), CAST(sum(f.pence) AS BIGINT), CAST(sum(f.credit_pence) AS BIGINT)
FROM figures f
LEFT JOIN (
  SELECT financial_year, duty, count(*) FILTER (WHERE status IN ('held', 'nil')) AS held
  FROM coverage WHERE body = :body GROUP BY financial_year, duty) c ON c.financial_year = f.financial_year AND c.duty = f.duty
WHERE f.body = :body AND f.dimension = 'total'
GROUP BY f.financial_year, f.duty
ORDER BY f.financial_year DESC, f.duty
