-- One row: a body, and the share of all it procured that went on the category. At least: the category its least and all else its
-- most; at most the other way round. What may belong to the category or not is in the whole either way; what is of unknown
-- scope is in the whole only where that lowers the share.
WITH sixths AS (
  SELECT s.*, CASE WHEN :vat_basis = 'unknown' THEN 5 ELSE 6 END AS least, COALESCE(r.pence, 0) AS credits_pence,
    s.classified_pence - s.pence AS rest_pence
  FROM spending s
  LEFT JOIN credits r ON r.body = s.body
  WHERE s.ago = 0 AND s.procured_pence > 0)
SELECT body, pence AS top, procured_pence AS bottom, low_sixths AS low_top,
  low_sixths + 6 * (rest_pence + credits_pence) - least * credits_pence
    + 6 * (unsure_out_pence + out_pence + strange_out_pence) - least * CASE WHEN back_pence > less_pence THEN back_pence - less_pence ELSE 0 END AS low_bottom,
  high_sixths AS high_top,
  high_sixths + least * (rest_pence + credits_pence) - 6 * credits_pence
    - 6 * (unsure_back_pence + back_pence) + least * CASE WHEN out_pence > more_pence THEN out_pence - more_pence ELSE 0 END AS high_bottom
FROM sixths
