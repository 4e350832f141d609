-- One row: a supplier by its identifier.
SELECT supplier_no, supplier, name, kind, body, company_number, charity_number, payments, pence, bodies, payees,
  COALESCE(CAST(first AS VARCHAR), ''), COALESCE(CAST(last AS VARCHAR), '')
FROM search_suppliers
WHERE supplier = :supplier
ORDER BY supplier
