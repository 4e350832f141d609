-- One row: a body compared, a year (ago 0, or 1 for the year before), and all that it published in the scope asked for in the months
-- that count, whatever the category: procured_pence; of these classified_pence and classified_payments have a category.
SELECT t.body, k.ago, CAST(SUM(t.pence) AS BIGINT) AS procured_pence,
  CAST(SUM(t.classified_pence) AS BIGINT) AS classified_pence, CAST(SUM(t.classified_payments) AS BIGINT) AS classified_payments
FROM totals t
JOIN chosen c ON c.body = t.body
JOIN kept k ON k.month = t.month
WHERE t.scope = :scope AND t.duty = :duty AND t.floor_pence = CAST(:threshold_pence AS BIGINT)
  AND (:vat_basis = 'unknown' OR t.vat_basis = :vat_basis)
GROUP BY t.body, k.ago
