-- One row: how many figures a Parquet file holds, and the pence of the totals among them.
SELECT count(*), CAST(coalesce(sum(pence) FILTER (WHERE dimension = 'total'), 0) AS BIGINT) FROM read_parquet(:path) ORDER BY 1
