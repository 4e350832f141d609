SELECT CASE WHEN GROUPING(body_no) = 0 THEN 'body' WHEN GROUPING(scope) = 0 THEN 'scope' WHEN GROUPING(division) = 0 THEN 'category'
    WHEN GROUPING(first_year) = 0 THEN 'year' ELSE '' END AS facet,
  COALESCE(scope, '') AS word, CAST(COALESCE(body_no, division, first_year, 0) AS BIGINT) AS number,
  CAST(COALESCE(sum(payments), 0) AS BIGINT) AS payments, CAST(COALESCE(sum(pence), 0) AS BIGINT) AS pence,
  '' AS counted, CAST(0 AS BIGINT) AS file_no, CAST(0 AS BIGINT) AS sheet_no, CAST(0 AS BIGINT) AS row, CAST(0 AS BIGINT) AS payee_id, CAST(0 AS BIGINT) AS supplier_no, CAST(0 AS BIGINT) AS text_id, CAST(0 AS BIGINT) AS cpv, '' AS payee_class
FROM (
  SELECT body_no, scope, cpv // 1000000 * 1000000 AS division, first_year,
    sum(payments) AS payments, sum(pence) AS pence
  FROM found
  GROUP BY 1, 2, 3, 4)
GROUP BY GROUPING SETS ((), (body_no), (scope), (division), (first_year))
