-- One row: what a body's transactions of a month, duty, VAT basis and scope come to, of at least a floor.
SELECT t.body, t.financial_year, t.month, t.duty, t.vat_basis, t.scope, t.floor_pence, t.payments, t.pence,
  t.classified_payments, t.classified_pence
FROM totals t
JOIN shown s ON s.body = t.body
ORDER BY t.body, t.financial_year, t.month, t.duty, t.vat_basis, t.scope, t.floor_pence
