-- One row: the words for a number that was found: a payee, a supplier or a text, each list as '1,2,3'.
SELECT 'payee' AS what, CAST(payee_id AS BIGINT) AS number, payee AS one, '' AS two FROM search_payees
WHERE payee_id IN (SELECT CAST(unnest(string_split(:payees, ',')) AS INTEGER))
UNION ALL
SELECT 'supplier', CAST(supplier_no AS BIGINT), supplier, name FROM search_suppliers
WHERE supplier_no IN (SELECT CAST(unnest(string_split(:suppliers, ',')) AS INTEGER))
UNION ALL
SELECT 'text', CAST(text_id AS BIGINT), expense_type, description FROM search_texts
WHERE text_id IN (SELECT CAST(unnest(string_split(:texts, ',')) AS INTEGER))
ORDER BY what, number
