-- One row: a financial year of which months of a body, or of anyone, are held, the latest first.
SELECT financial_year
FROM coverage
WHERE status IN ('held', 'partial', 'nil') AND financial_year <> '' AND (:body = '' OR body = :body)
GROUP BY financial_year
ORDER BY financial_year DESC
