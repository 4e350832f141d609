-- One row: a body's month beside the median of other bodies of its kind, or the reason why not.
SELECT c.body, c.financial_year, c.month, c.duty, c.kind, c.vat_basis, c.pence, c.peers, c.median_pence, c.withheld
FROM comparisons c
JOIN shown s ON s.body = c.body
ORDER BY c.body, c.financial_year, c.month, c.duty, c.kind, c.vat_basis
