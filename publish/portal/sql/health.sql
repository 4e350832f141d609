-- One row: the release that the database says it is.
SELECT number, CAST(payments AS BIGINT) FROM release ORDER BY number
