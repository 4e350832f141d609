-- One row: a word of a text, and the text.
SELECT word, text_id FROM search_text_words ORDER BY word, text_id
