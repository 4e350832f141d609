-- One row: how many bodies, publishers and files the release covers.
SELECT count(DISTINCT body), count(DISTINCT publisher), count(*) FROM standing ORDER BY 1
