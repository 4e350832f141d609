-- One row: what one body spent under a category, or in one financial year all did.
SELECT CASE WHEN GROUPING(body_no) = 0 THEN 'body' ELSE 'year' END AS facet, CAST(COALESCE(body_no, first_year) AS BIGINT) AS key,
  CAST(sum(payments) AS BIGINT), CAST(sum(pence) AS BIGINT)
FROM search_buyers
WHERE cpv >= :first AND cpv <= :last
GROUP BY GROUPING SETS ((body_no), (first_year))
ORDER BY facet, sum(pence) DESC, key
