-- One row: a node of the level below a category, with what was spent at and below it; 0 is what is not categorised.
SELECT CAST(cpv // CAST(:unit AS INTEGER) * CAST(:unit AS INTEGER) AS BIGINT) AS node, CAST(sum(payments) AS BIGINT), CAST(sum(pence) AS BIGINT),
  count(DISTINCT body_no), count(DISTINCT NULLIF(supplier_no, 0))
FROM search_spend
WHERE cpv >= :first AND cpv <= :last
GROUP BY node
ORDER BY sum(pence) DESC, node
