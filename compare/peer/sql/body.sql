-- One row: a body of the register, whose id is written so, in capitals or not.
SELECT body, name, kind, tier, region, CAST(valid_from AS VARCHAR) AS valid_from, CAST(valid_to AS VARCHAR) AS valid_to, succeeded_by
FROM register
WHERE LOWER(body) = LOWER(:body)
ORDER BY body, valid_from
