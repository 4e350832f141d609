-- One row: a distinct payee.
SELECT payee_hash, payee, payee_class, postcode, number_kind, number FROM payees ORDER BY payee_hash
