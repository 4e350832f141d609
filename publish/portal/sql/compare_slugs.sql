-- One row: a body that published payments are counted under, and the name of its page.
SELECT body, slug, name FROM bodies ORDER BY body
