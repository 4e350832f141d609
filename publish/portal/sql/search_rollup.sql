SELECT year(f.counted) - CASE WHEN month(f.counted) < 4 THEN 1 ELSE 0 END AS first_year, f.body_no, f.pence, f.scope, f.cpv, f.payments
FROM search_totals f
WHERE true
  AND f.body_no IN (SELECT body_no FROM chosen) -- when bodies
  AND f.counted >= CAST(:from AS DATE) AND f.counted <= CAST(:to AS DATE) -- when period
  AND (CATEGORIES) -- when category
  AND f.scope IN (SELECT unnest(string_split(:scopes, ','))) -- when scope
