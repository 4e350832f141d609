-- One row: a body of a kind and tier.
SELECT body, name, kind, tier, region, CAST(valid_from AS VARCHAR) AS valid_from, CAST(valid_to AS VARCHAR) AS valid_to, succeeded_by
FROM bodies
WHERE kind = :kind AND tier = :tier
ORDER BY body, valid_from
