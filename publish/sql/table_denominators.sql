-- One row: what a body's pounds may be divided by, in one year.
SELECT body, measure, year, value, source
FROM denominators
ORDER BY body, measure, year
