-- One row: a body's month under a duty, after a place in the order of bodies and months.
SELECT c.body, c.financial_year, CAST(c.month AS VARCHAR), c.duty, c.status, c.files, c.superseded, c.payments, c.pence, c.undated, c.vat_basis
FROM coverage c
WHERE {where} AND {after}
ORDER BY c.body, COALESCE(c.month, DATE '9999-12-31'), c.duty, c.status
LIMIT :limit
