-- One row: the last row of a chunk of texts that are judged together.
SELECT max(first)
FROM unjudged
GROUP BY first // :size
ORDER BY 1
