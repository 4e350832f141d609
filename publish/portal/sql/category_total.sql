-- One row: what was spent at and below a category.
SELECT CAST(COALESCE(sum(payments), 0) AS BIGINT), CAST(COALESCE(sum(pence), 0) AS BIGINT), count(DISTINCT body_no), count(DISTINCT NULLIF(supplier_no, 0))
FROM search_spend
WHERE cpv >= :first AND cpv <= :last
ORDER BY 1
