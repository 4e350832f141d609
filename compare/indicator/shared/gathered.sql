-- One row: the part of a transaction that counts: of a body compared, in a month that all of them hold or in the same month
-- a year before (ago 1), in the scope and category asked for, of at least the threshold, on the VAT basis.
-- sure: judged with confidence enough; settled: no doubt about VAT.
SELECT t.body, k.ago, t.supplier, t.pence,
  CASE WHEN t.confidence >= CAST(:sure AS DECIMAL(4, 3)) THEN 1 ELSE 0 END AS sure,
  CASE WHEN :vat_basis <> 'unknown' OR t.vat_basis = 'net' THEN 1 ELSE 0 END AS settled
FROM transactions t
JOIN chosen c ON c.body = t.body
JOIN kept k ON k.month = t.month
WHERE t.category >= :category_from AND t.category < :category_to
  AND t.financial_year >= :year_from AND t.financial_year <= :year_to
  AND t.scope = :scope AND t.duty = :duty
  AND ABS(t.transaction_pence) >= CAST(:threshold_pence AS BIGINT)
  AND (:vat_basis = 'unknown' OR t.vat_basis = :vat_basis)
