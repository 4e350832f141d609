-- One row: the last row of a chunk of texts that are judged together.
SELECT max(first)
FROM (SELECT first, (row_number() OVER (ORDER BY first) - 1) // :size AS chunk FROM unjudged)
GROUP BY chunk
ORDER BY 1
