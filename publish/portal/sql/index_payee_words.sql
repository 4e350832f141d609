-- One row: a word that a payee or its supplier is named by, and the payee.
SELECT word, payee_id FROM search_payee_words ORDER BY word, payee_id
