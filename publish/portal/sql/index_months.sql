-- One row: how many payments count under a month.
SELECT CAST(counted AS VARCHAR), CAST(sum(payments) AS BIGINT) FROM search_totals GROUP BY counted ORDER BY counted
