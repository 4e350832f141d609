-- One row: a word of what was asked for, folded as the tables of words are.
SELECT word FROM (SELECT unnest(words(CAST(:text AS VARCHAR))) AS word) WHERE length(word) <= 40 ORDER BY word
