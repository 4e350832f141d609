-- One row: a transaction of the body asked about that counts.
SELECT g.pence
FROM gathered g
JOIN chosen c ON c.body = g.body AND c.subject = 1
WHERE g.ago = 0
ORDER BY g.pence
