-- One row: how much bodies of a kind spent on a division of categories in a financial year under a duty.
SELECT kind, financial_year, duty, vat_basis, division, bodies, n, p10_pence, p25_pence, median_pence, p75_pence, p90_pence, withheld
FROM benchmarks
ORDER BY kind, financial_year, duty, vat_basis, division
