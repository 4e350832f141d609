-- One row: a payee, with its supplier and what that was paid.
SELECT payee_id, supplier_no, supplier_pence FROM search_payees ORDER BY payee_id
