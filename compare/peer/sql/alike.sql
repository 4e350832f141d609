-- One row: a body of a kind and of tiers that do the same.
SELECT body, name, kind, tier, region, CAST(valid_from AS VARCHAR) AS valid_from, CAST(valid_to AS VARCHAR) AS valid_to, succeeded_by
FROM register
WHERE kind = :kind AND tier IN ({tiers})
ORDER BY body, valid_from
