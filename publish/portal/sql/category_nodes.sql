-- One row: a node of the level below a category, with what was spent at and below it; 0 is what is not categorised.
SELECT CAST(node AS BIGINT), payments, pence, bodies, suppliers
FROM search_sellers
WHERE place = 0 AND node >= :first AND node <= :last AND node % CAST(:unit AS INTEGER) = 0
ORDER BY pence DESC, node
