-- One row: a body compared, a year (ago 0 or 1), and its pounds in the category with their bounds.
-- more_pence, less_pence: what may belong to the category of the pounds without one, paid out and come back: twice the share that
-- the category has of the pounds with one, and the largest single amount besides; no more than there is; all where the
-- body has none in the category. That is at least what is to be expected and two standard deviations more: where each amount x belongs
-- with the chance p, the deviation is below the root of the sum of p x x, and twice that is below the sum of p x and the largest x.
-- low_sixths, high_sixths: with VAT as it may be, in sixths of a penny. least_pence, most_pence: with VAT as published.
WITH sums AS (
  SELECT body, ago, CAST(SUM(pence) AS BIGINT) AS pence, CAST(SUM(payments) AS BIGINT) AS payments,
    CAST(SUM(CASE WHEN sure = 1 OR pence < 0 THEN pence ELSE 0 END) AS BIGINT) AS least_pence,
    CAST(SUM(CASE WHEN sure = 1 OR pence > 0 THEN pence ELSE 0 END) AS BIGINT) AS most_pence,
    CAST(SUM(CASE WHEN sure = 0 AND pence > 0 THEN pence ELSE 0 END) AS BIGINT) AS unsure_out_pence,
    CAST(SUM(CASE WHEN sure = 0 AND pence < 0 THEN -pence ELSE 0 END) AS BIGINT) AS unsure_back_pence,
    CAST(SUM(low_sixths) AS BIGINT) AS low_sixths, CAST(SUM(high_sixths) AS BIGINT) AS high_sixths
  FROM gathered
  GROUP BY body, ago),
years (ago) AS (VALUES (0), (1)),
filled AS (
  SELECT c.body, y.ago, COALESCE(s.pence, 0) AS pence, COALESCE(s.payments, 0) AS payments,
    COALESCE(s.least_pence, 0) AS least_pence, COALESCE(s.most_pence, 0) AS most_pence,
    COALESCE(s.unsure_out_pence, 0) AS unsure_out_pence, COALESCE(s.unsure_back_pence, 0) AS unsure_back_pence,
    COALESCE(s.low_sixths, 0) AS low_sixths, COALESCE(s.high_sixths, 0) AS high_sixths,
    COALESCE(h.procured_pence, 0) AS procured_pence, COALESCE(h.classified_pence, 0) AS classified_pence,
    CASE WHEN :category_from = '' THEN COALESCE(h.procured_pence, 0) ELSE COALESCE(h.classified_pence, 0) END AS known_pence,
    COALESCE(h.classified_payments, 0) AS known_payments,
    COALESCE(o.out_pence, 0) AS out_pence, COALESCE(o.back_pence, 0) AS back_pence,
    COALESCE(o.strange_out_pence, 0) AS strange_out_pence,
    COALESCE(o.out_pence + o.strange_out_pence, 0) AS open_out_pence, COALESCE(o.back_pence + o.strange_back_pence, 0) AS open_back_pence,
    COALESCE(o.largest_out, 0) AS largest_out, COALESCE(o.largest_back, 0) AS largest_back, COALESCE(o.payments, 0) AS open_payments
  FROM chosen c
  CROSS JOIN years y
  LEFT JOIN sums s ON s.body = c.body AND s.ago = y.ago
  LEFT JOIN held h ON h.body = c.body AND h.ago = y.ago
  LEFT JOIN opened o ON o.body = c.body AND o.ago = y.ago),
-- twice: two millionths of the share for every one, none where all may belong.
shares AS (
  SELECT *, CASE WHEN pence > 0 AND known_pence > 0 AND 2 * pence < known_pence
      THEN CAST(CAST(CAST(2 * pence AS DECIMAL(38, 6)) / CAST(known_pence AS DECIMAL(38, 6)) AS DECIMAL(7, 6)) AS DECIMAL(18, 6)) END AS twice,
    CASE WHEN payments > 0 AND known_payments > 0 AND 2 * payments < known_payments
      THEN CAST(CAST(CAST(2 * payments AS DECIMAL(38, 6)) / CAST(known_payments AS DECIMAL(38, 6)) AS DECIMAL(7, 6)) AS DECIMAL(18, 6)) END AS twice_payments
  FROM filled),
added AS (
  SELECT *,
    CASE WHEN twice IS NULL THEN open_out_pence
      ELSE LEAST(open_out_pence, CAST(CAST(open_out_pence AS DECIMAL(18, 0)) * twice AS BIGINT) + largest_out) END AS more_pence,
    CASE WHEN twice IS NULL THEN open_back_pence
      ELSE LEAST(open_back_pence, CAST(CAST(open_back_pence AS DECIMAL(18, 0)) * twice AS BIGINT) + largest_back) END AS less_pence,
    CASE WHEN twice_payments IS NULL THEN open_payments
      ELSE LEAST(open_payments, CAST(CAST(open_payments AS DECIMAL(18, 0)) * twice_payments AS BIGINT) + 1) END AS more_payments
  FROM shares)
SELECT body, ago, pence, procured_pence, classified_pence, unsure_out_pence, unsure_back_pence, out_pence, back_pence, strange_out_pence,
  more_pence, less_pence, more_payments,
  low_sixths - 6 * less_pence AS low_sixths, high_sixths + 6 * more_pence AS high_sixths,
  least_pence - less_pence AS least_pence, most_pence + more_pence AS most_pence
FROM added
