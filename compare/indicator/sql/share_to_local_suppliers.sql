-- One row: a supplier that a body paid of which it is known whether it is local: counts is 1 where the postcode of its registered office
-- begins with the same letters as the body's own, 0 where it does not. Of a body without a postcode nothing is known.
SELECT p.body, p.pence, p.low_sixths, p.high_sixths, CASE WHEN s.postcode_area = a.area THEN 1 ELSE 0 END AS counts
FROM paid p
JOIN (
  SELECT body, CASE WHEN SUBSTRING(postcode, 2, 1) BETWEEN '0' AND '9' THEN SUBSTRING(postcode, 1, 1)
    WHEN SUBSTRING(postcode, 3, 1) BETWEEN '0' AND '9' THEN SUBSTRING(postcode, 1, 2) END AS area
  FROM (
    SELECT r.body, MAX(UPPER(TRIM(r.postcode))) AS postcode
    FROM register r
    JOIN chosen c ON c.body = r.body
    GROUP BY r.body) written) a ON a.body = p.body
JOIN suppliers s ON s.supplier = p.supplier
WHERE s.postcode_area <> '' AND a.area IS NOT NULL
