-- One row: a part of a transaction that may belong to what is asked for, but could not be judged to: in the scope, without a
-- category; or of unknown scope (strange 1), without a category or in the one asked for. Codes begin with a digit, so none is
-- what comes before '0': written so, databases that keep the least and most of each block skip those with codes, as they may
-- not for the empty text.
SELECT t.body, k.ago, t.pence, t.payments, CASE WHEN t.scope = :scope THEN 0 ELSE 1 END AS strange
FROM transactions t
JOIN chosen c ON c.body = t.body
JOIN kept k ON k.month = t.month
WHERE t.category < '0' AND (t.scope = 'unknown' OR t.scope = :scope AND :category_from <> '')
  AND t.financial_year >= :year_from AND t.financial_year <= :year_to
  AND t.duty = :duty AND ABS(t.transaction_pence) >= CAST(:threshold_pence AS BIGINT)
  AND (:vat_basis = 'unknown' OR t.vat_basis = :vat_basis)
UNION ALL
SELECT t.body, k.ago, t.pence, t.payments, 1 AS strange
FROM transactions t
JOIN chosen c ON c.body = t.body
JOIN kept k ON k.month = t.month
WHERE t.category >= :category_from AND t.category < :category_to AND t.category <> '' AND t.scope = 'unknown' AND t.scope <> :scope
  AND t.financial_year >= :year_from AND t.financial_year <= :year_to
  AND t.duty = :duty AND ABS(t.transaction_pence) >= CAST(:threshold_pence AS BIGINT)
  AND (:vat_basis = 'unknown' OR t.vat_basis = :vat_basis)
