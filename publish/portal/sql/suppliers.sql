-- One row: a supplier, those paid most first, after a place in that order.
SELECT supplier, name, kind, payments, pence, bodies, COALESCE(CAST(last AS VARCHAR), '')
FROM search_suppliers
WHERE pence < :pence OR (pence = :pence AND supplier > :supplier)
ORDER BY pence DESC, supplier
LIMIT :limit
