-- One row: a month of a body under a duty: whether it can be compared, on which VAT basis, from which threshold, and how much
-- of it could be judged. What other publishers report of the body is left aside.
SELECT body, duty, CAST(month AS VARCHAR) AS month, CASE WHEN COALESCE(undecided, 0) > 0 THEN 'undecided' ELSE status END AS status,
  status IN ('held', 'nil') AND COALESCE(undecided, 0) = 0 AS present,
  CASE WHEN payments = 0 THEN '' ELSE vat_basis END AS vat_basis,
  CASE WHEN COALESCE(threshold_warning, '') = 'above' THEN COALESCE(observed_pence, 0) ELSE COALESCE(threshold_pence, 0) END AS threshold,
  COALESCE(threshold_warning, '') = 'above' AS raised, superseded > 0 AS superseded, files > 1 AS several,
  pence, COALESCE(classified_pence, 0) AS classified_pence
FROM coverage
WHERE month BETWEEN CAST(:first AS DATE) AND CAST(:last AS DATE) AND body IN ({bodies}) AND duty <> 'REPORTED'
ORDER BY body, duty, month
