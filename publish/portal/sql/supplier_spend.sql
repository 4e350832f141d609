-- One row: what a supplier was paid by one body, in one financial year (its first calendar year) or under one category.
SELECT CASE WHEN GROUPING(body_no) = 0 THEN 'body' WHEN GROUPING(cpv) = 0 THEN 'category' ELSE 'year' END AS facet,
  CAST(COALESCE(body_no, cpv, first_year, 0) AS BIGINT) AS key, CAST(sum(payments) AS BIGINT), CAST(sum(pence) AS BIGINT)
FROM search_sums
WHERE supplier_no = :supplier
GROUP BY GROUPING SETS ((body_no), (cpv), (first_year))
ORDER BY facet, sum(pence) DESC, key
