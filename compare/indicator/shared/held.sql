-- One row: a body compared, a year (ago 0, or 1 for the year before), and all that it published in the months that count, whatever
-- the category: procured_pence in the scope asked for; classified_pence, of these with a category; open_pence, what may
-- belong to any category: without one, or of unknown scope.
SELECT t.body, k.ago,
  CAST(SUM(CASE WHEN t.scope = :scope THEN t.pence ELSE 0 END) AS BIGINT) AS procured_pence,
  CAST(SUM(CASE WHEN t.scope = :scope THEN t.classified_pence ELSE 0 END) AS BIGINT) AS classified_pence,
  CAST(SUM(CASE WHEN t.scope = :scope THEN t.pence - t.classified_pence ELSE t.pence END) AS BIGINT) AS open_pence
FROM totals t
JOIN chosen c ON c.body = t.body
JOIN kept k ON k.month = t.month
WHERE t.scope IN (:scope, 'unknown') AND t.duty = :duty AND t.floor_pence = CAST(:threshold_pence AS BIGINT)
  AND (:vat_basis = 'unknown' OR t.vat_basis = :vat_basis)
GROUP BY t.body, k.ago
