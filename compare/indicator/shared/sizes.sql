-- One row: a payment of money out that counts: the size of one transaction of a body.
SELECT body AS series, CAST(pence AS DECIMAL(24, 6)) AS value FROM counted WHERE pence > 0
