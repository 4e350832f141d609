-- One row: a supplier by its number, or a payee without one, each of a list as '1,2,3'; those paid most come first.
SELECT supplier, name, kind, payments, pence, bodies, COALESCE(CAST(last AS VARCHAR), '')
FROM search_suppliers
WHERE supplier_no IN (SELECT CAST(unnest(string_split(:suppliers, ',')) AS INTEGER))
UNION ALL
SELECT '', payee, '', payments, pence, bodies, COALESCE(CAST(last AS VARCHAR), '')
FROM search_payees
WHERE payee_id IN (SELECT CAST(unnest(string_split(:payees, ',')) AS INTEGER))
ORDER BY 5 DESC, 2, 1
