-- One row: how many rows a Parquet file holds, and no pence.
SELECT count(*), CAST(0 AS BIGINT) FROM read_parquet(:path) ORDER BY 1
