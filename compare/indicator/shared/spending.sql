-- One row: a body compared, a year (ago 0 or 1), and its pounds in the category with their bounds.
-- low_pence: what was judged with confidence, and where it is not known whether VAT is in an amount, five sixths of it (VAT
-- at 20 % is a sixth). high_pence: with what may belong to the category besides: of the pounds without a category twice the
-- share that the category has of those with one; all of them where the body has none in it.
-- sure_pence: what was judged with confidence, VAT left as it is.
WITH sums AS (
  SELECT body, ago, CAST(SUM(pence) AS BIGINT) AS pence,
    CAST(SUM(CASE WHEN sure = 1 THEN pence ELSE 0 END) AS BIGINT) AS sure_pence,
    CAST(SUM(CASE WHEN sure = 1 AND settled = 1 THEN pence ELSE 0 END) AS BIGINT) AS settled_pence
  FROM gathered
  GROUP BY body, ago),
years (ago) AS (VALUES (0), (1)),
filled AS (
  SELECT c.body, y.ago, COALESCE(s.pence, 0) AS pence, COALESCE(s.sure_pence, 0) AS sure_pence,
    COALESCE(s.settled_pence, 0) AS settled_pence,
    COALESCE(h.procured_pence, 0) AS procured_pence,
    CASE WHEN :category_from = '' THEN COALESCE(h.procured_pence, 0) ELSE COALESCE(h.classified_pence, 0) END AS known_pence,
    COALESCE(h.open_pence, 0) - CASE WHEN :category_from = '' THEN COALESCE(h.procured_pence - h.classified_pence, 0) ELSE 0 END
      AS open_pence
  FROM chosen c
  CROSS JOIN years y
  LEFT JOIN sums s ON s.body = c.body AND s.ago = y.ago
  LEFT JOIN held h ON h.body = c.body AND h.ago = y.ago),
added AS (
  SELECT *, CASE
      WHEN open_pence <= 0 THEN 0
      WHEN pence <= 0 OR known_pence <= 0 OR 2 * pence >= known_pence THEN open_pence
      ELSE CAST(CAST(CAST(2 * open_pence AS DECIMAL(38, 0)) * CAST(pence AS DECIMAL(38, 0)) AS DECIMAL(38, 3))
        / CAST(known_pence AS DECIMAL(38, 3)) AS BIGINT) END AS more_pence
  FROM filled)
SELECT body, ago, pence, sure_pence, procured_pence,
  settled_pence + CAST(CAST(sure_pence - settled_pence AS DECIMAL(18, 0)) * CAST(0.833333 AS DECIMAL(7, 6)) AS BIGINT) AS low_pence,
  pence + more_pence AS high_pence, more_pence
FROM added
