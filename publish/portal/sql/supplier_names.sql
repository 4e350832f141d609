-- One row: a name under which a supplier was paid, as published.
SELECT payee, payments, pence, bodies FROM search_payees WHERE supplier_no = :supplier ORDER BY pence DESC, payee LIMIT :limit
