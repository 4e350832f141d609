-- One row: a month of a body under a duty, how well it is held and what it comes to. moved: its transactions' pence out and back
-- added, of which parts are shares: refunds would make a part more than the whole.
SELECT c.body, COALESCE(b.name, c.body) AS name, c.financial_year, CAST(c.month AS VARCHAR) AS month, c.duty,
  CASE WHEN COALESCE(c.undecided, 0) > 0 THEN 'undecided' ELSE c.status END AS status, c.files, c.superseded,
  CASE WHEN c.status IN ('held', 'partial', 'nil') THEN c.late_days END AS late_days, c.payments, c.pence, c.undated, c.vat_basis,
  c.threshold_pence, c.observed_pence, COALESCE(c.threshold_warning, '') AS threshold_warning,
  COALESCE(c.classified_pence, 0) AS classified_pence, COALESCE(c.redacted_pence, 0) AS redacted_pence, COALESCE(c.repeated_pence, 0) AS repeated_pence,
  COALESCE(c.procurement_pence, 0) AS procurement_pence, COALESCE(c.grant_pence, 0) AS grant_pence, COALESCE(c.transfer_pence, 0) AS transfer_pence,
  COALESCE(c.individuals_pence, 0) AS individuals_pence, COALESCE(c.tax_pence, 0) AS tax_pence, COALESCE(c.finance_pence, 0) AS finance_pence,
  COALESCE(c.mixed_pence, 0) AS mixed_pence, COALESCE(c.unknown_pence, 0) AS unknown_pence,
  COALESCE(m.moved, 0) AS moved, COALESCE(m.classified, 0) AS classified_moved, COALESCE(m.procurement, 0) AS procurement_moved, COALESCE(m.redacted, 0) AS redacted_moved
FROM coverage c
LEFT JOIN (SELECT body, MIN(name) AS name FROM register GROUP BY body) b ON b.body = c.body
LEFT JOIN (
  SELECT body, duty, month, CAST(SUM(ABS(pence)) AS BIGINT) AS moved,
    CAST(SUM(CASE WHEN scope <> 'unknown' AND (scope <> 'procurement' OR category <> '') THEN ABS(pence) ELSE 0 END) AS BIGINT) AS classified,
    CAST(SUM(CASE WHEN scope = 'procurement' THEN ABS(pence) ELSE 0 END) AS BIGINT) AS procurement,
    CAST(SUM(CASE WHEN redacted THEN ABS(pence) ELSE 0 END) AS BIGINT) AS redacted
  FROM transactions
  WHERE month BETWEEN CAST(:first AS DATE) AND CAST(:last AS DATE) AND (:body = '' OR body = :body)
  GROUP BY body, duty, month) m ON m.body = c.body AND m.duty = c.duty AND m.month = c.month
WHERE c.month BETWEEN CAST(:first AS DATE) AND CAST(:last AS DATE) AND (:body = '' OR c.body = :body)
ORDER BY name, c.body, c.duty, c.month
