-- One row: how many totals of a body are kept from a threshold up.
SELECT COUNT(*) AS totals FROM totals WHERE floor_pence = CAST(:threshold_pence AS BIGINT) AND body = :body
