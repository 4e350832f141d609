-- One row: a body's calendar month under a duty, and how well we hold it.
SELECT c.body, c.financial_year, c.month, c.duty, c.status, c.files, c.superseded, c.payments, c.pence,
  c.undated, c.vat_basis, c.undecided, c.late_days, c.first_day, c.last_day, c.threshold_pence, c.observed_pence, c.threshold_warning,
  c.classified_payments, c.classified_pence, c.redacted_payments, c.redacted_pence, c.repeated_pence,
  c.procurement_pence, c.grant_pence, c.transfer_pence, c.individuals_pence, c.tax_pence, c.finance_pence, c.mixed_pence, c.unknown_pence
FROM coverage c
JOIN shown s ON s.body = c.body
ORDER BY c.body, c.financial_year, c.month, c.duty, c.status
