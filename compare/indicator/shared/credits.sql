-- One row: a body, and what came back to it in refunds and credits in the other categories of the scope. Read only where
-- it is not known whether amounts include VAT: then refunds may lower the whole by more or by less.
SELECT t.body, CAST(SUM(-t.pence) AS BIGINT) AS pence
FROM transactions t
JOIN chosen c ON c.body = t.body
JOIN kept k ON k.month = t.month AND k.ago = 0
WHERE t.pence < 0 AND t.category <> '' AND NOT (t.category >= :category_from AND t.category < :category_to)
  AND t.financial_year >= :year_from AND t.financial_year <= :year_to
  AND t.scope = :scope AND t.duty = :duty
  AND ABS(t.transaction_pence) >= CAST(:threshold_pence AS BIGINT)
GROUP BY t.body
