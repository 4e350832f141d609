SELECT text_id AS id FROM search_text_words WHERE word >= :word_ AND word < :upto_
