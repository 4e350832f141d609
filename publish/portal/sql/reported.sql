-- One row: what others report of bodies comes to.
SELECT count(*), CAST(COALESCE(sum(amount), 0) AS BIGINT) FROM payments WHERE duty = 'REPORTED' ORDER BY 1
