-- One row: why payments of the bodies compared, in the period, do not count, how many they are and what they come to.
SELECT reason, CAST(SUM(payments) AS BIGINT) AS payments, CAST(SUM(pence) AS BIGINT) AS pence
FROM (
  SELECT t.payments, t.pence, CASE
      WHEN t.duty = 'REPORTED' THEN 'reported'
      WHEN t.month IS NULL THEN 'no month'
      WHEN k.month IS NULL THEN 'month not held by all'
      WHEN t.duty <> :duty THEN 'other duty'
      WHEN t.scope <> :scope THEN ''
      WHEN :vat_basis <> 'unknown' AND t.vat_basis <> :vat_basis THEN 'other VAT basis'
      WHEN ABS(t.transaction_pence) < CAST(:threshold_pence AS BIGINT) THEN 'under the threshold'
      ELSE '' END AS reason
  FROM transactions t
  JOIN chosen c ON c.body = t.body
  LEFT JOIN kept k ON k.month = t.month AND k.ago = 0
  WHERE t.category >= :category_from AND t.category < :category_to
    AND t.financial_year >= :year_from AND t.financial_year <= :year_to
    AND (t.month IS NULL OR t.month BETWEEN CAST(:first_month AS DATE) AND CAST(:last_month AS DATE))
  UNION ALL
  SELECT CASE WHEN t.scope = :scope THEN t.payments - t.classified_payments ELSE t.payments END AS payments,
    CASE WHEN t.scope = :scope THEN t.pence - t.classified_pence ELSE t.pence END AS pence,
    CASE WHEN t.scope = :scope THEN 'no category' ELSE 'scope ' || t.scope END AS reason
  FROM totals t
  JOIN chosen c ON c.body = t.body
  JOIN kept k ON k.month = t.month AND k.ago = 0
  WHERE t.floor_pence = 0 AND t.duty = :duty AND (t.scope <> :scope OR :category_from <> '')) either
WHERE reason <> '' AND payments > 0
GROUP BY reason
ORDER BY reason
