-- One row: a transaction of the body asked about that counts: the rows behind its figures, by the file they are in.
SELECT t.file_no, CAST(t.month AS VARCHAR) AS month, t.supplier, t.category, t.payments, t.pence, t.transaction_pence
FROM transactions t
JOIN chosen c ON c.body = t.body AND c.subject = 1
JOIN kept k ON k.month = t.month AND k.ago = 0
WHERE t.category >= :category_from AND t.category < :category_to
  AND t.financial_year >= :year_from AND t.financial_year <= :year_to
  AND t.scope = :scope AND t.duty = :duty
  AND ABS(t.transaction_pence) >= CAST(:threshold_pence AS BIGINT)
  AND (:vat_basis = 'unknown' OR t.vat_basis = :vat_basis)
ORDER BY t.pence DESC, t.file_no, t.supplier, t.category, t.month, t.payments, t.transaction_pence
