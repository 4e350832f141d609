-- One row: what was spent at and below a category.
SELECT payments, pence, bodies, suppliers FROM search_sellers WHERE place = 0 AND node = :node ORDER BY node
