-- One row: how many payments a Parquet file holds, and their pence.
SELECT count(*), CAST(coalesce(sum(amount_pence), 0) AS BIGINT) FROM read_parquet(:path) ORDER BY 1
