-- One row: a published payment behind a body's figures: where it stands in the file as received, and what it is.
SELECT p.file, COALESCE(p.member, '') AS member, COALESCE(p.sheet, '') AS sheet, p.row, CAST(p.month AS VARCHAR) AS month, p.category, p.pence, p.transaction_pence
FROM published p
JOIN ({months}) k (month) ON k.month = p.month
WHERE p.body = :body AND p.category >= :category_from AND p.category < :category_to AND p.scope = :scope AND p.duty = :duty
  AND ABS(p.transaction_pence) >= CAST(:threshold_pence AS BIGINT)
  AND (:vat_basis = 'unknown' OR p.vat_basis = :vat_basis)
ORDER BY p.file, member, sheet, p.row
