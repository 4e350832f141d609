-- One row: a supplier that a body paid of which it is known whether it is small: counts is 1 where it is, 0 where it is not.
SELECT p.body, p.pence, p.low_sixths, p.high_sixths, CASE WHEN s.size = 'small' THEN 1 ELSE 0 END AS counts
FROM paid p
JOIN suppliers s ON s.supplier = p.supplier
WHERE s.size <> ''
