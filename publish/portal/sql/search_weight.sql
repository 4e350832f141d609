-- One row: how many payments the words are in by their payee, and by their text; one may be in both.
SELECT CAST(COALESCE((SELECT sum(payments) FROM search_payees WHERE payee_id IN (SELECT id FROM named)), 0) AS BIGINT),
  CAST(COALESCE((SELECT sum(payments) FROM search_texts WHERE text_id IN (SELECT id FROM told)), 0) AS BIGINT)
