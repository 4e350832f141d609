-- One row: a body of the register, as it is.
SELECT body, name, kind, tier, region, CAST(valid_from AS VARCHAR) AS valid_from, CAST(valid_to AS VARCHAR) AS valid_to, succeeded_by
FROM register
WHERE body = :body
ORDER BY body, valid_from
