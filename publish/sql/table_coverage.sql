-- One row: a body's calendar month under a duty, and how well we hold it.
SELECT c.body, c.financial_year, c.month, c.duty, c.status, c.files, c.superseded, c.payments, c.pence,
  c.undated, c.vat_basis
FROM coverage c
JOIN shown s ON s.body = c.body
ORDER BY c.body, c.financial_year, c.month, c.duty, c.status
