SELECT f.counted, f.body_no, f.pence, f.scope, f.cpv, f.payments
FROM search_totals f
WHERE true
  AND f.body_no IN (SELECT body_no FROM chosen) -- when bodies
  AND f.counted >= CAST(:from AS DATE) AND f.counted <= CAST(:to AS DATE) -- when period
  AND f.cpv >= :first AND f.cpv <= :last -- when category
  AND f.scope = :scope -- when scope
