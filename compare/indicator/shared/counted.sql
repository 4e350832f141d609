-- One row: the part of a transaction that counts, of the period itself.
SELECT body, supplier, pence, payments, sure, low_sixths, high_sixths FROM gathered WHERE ago = 0
