-- One row: the part of a transaction that counts, of the period itself.
SELECT body, supplier, pence, sure, settled FROM gathered WHERE ago = 0
