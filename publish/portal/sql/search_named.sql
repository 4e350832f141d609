SELECT payee_id AS id FROM search_payee_words WHERE word >= :word_ AND word < :upto_
