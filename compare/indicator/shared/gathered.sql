-- One row: the part of a transaction that counts: of a body compared, in a month that all of them hold or in the same month
-- a year before (ago 1), in the scope and category asked for, of at least the threshold, on the VAT basis.
-- sure: judged with confidence enough. low_sixths, high_sixths: the least and the most that it may be, in sixths of a penny:
-- what is not sure may not belong at all; where it is not known whether VAT is in it, it is between five sixths of itself
-- (VAT at 20 % is a sixth; half a penny a payment more for rounding) and the whole. A refund lowers, so its least is the whole.
SELECT body, ago, supplier, pence, payments, sure,
  CASE WHEN pence <= 0 THEN 6 * pence
    WHEN sure = 0 OR 6 * pence <= doubtful_sixths THEN 0 ELSE 6 * pence - doubtful_sixths END AS low_sixths,
  CASE WHEN pence >= 0 THEN 6 * pence
    WHEN sure = 0 OR -6 * pence <= doubtful_sixths THEN 0 ELSE 6 * pence + doubtful_sixths END AS high_sixths
FROM (
  SELECT t.body, k.ago, t.supplier, t.pence, t.payments,
    CASE WHEN t.confidence >= CAST(:sure AS DECIMAL(4, 3)) THEN 1 ELSE 0 END AS sure,
    CASE WHEN :vat_basis <> 'unknown' OR t.vat_basis = 'net' THEN 0 ELSE ABS(t.pence) + 3 * t.payments END AS doubtful_sixths
  FROM transactions t
  JOIN chosen c ON c.body = t.body
  JOIN kept k ON k.month = t.month
  WHERE t.category >= :category_from AND t.category < :category_to
    AND t.financial_year >= :year_from AND t.financial_year <= :year_to
    AND t.scope = :scope AND t.duty = :duty
    AND ABS(t.transaction_pence) >= CAST(:threshold_pence AS BIGINT)
    AND (:vat_basis = 'unknown' OR t.vat_basis = :vat_basis)) alike
