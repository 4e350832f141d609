-- One row: a body of the register, whatever its kind: those first that something is held of, then the shortest names.
SELECT body, name, kind, tier, region, CAST(valid_from AS VARCHAR) AS valid_from, CAST(valid_to AS VARCHAR) AS valid_to, succeeded_by
FROM register
ORDER BY CASE WHEN body IN (SELECT body FROM coverage WHERE status = 'held') THEN 0 ELSE 1 END, LENGTH(name), body, valid_from
