-- One row: what a body paid a payee, with one text beside it, in a financial year under a scope and category, by the slice that says
-- so, and the last day it counts under.
SELECT payee_id, text_id, body_no, first_year, cpv, scope, CAST(payments AS INTEGER), CAST(COALESCE(last, DATE '1900-01-01') AS VARCHAR), pence
FROM search_sums
ORDER BY payee_id, text_id, body_no, first_year, cpv, scope, slice_no
