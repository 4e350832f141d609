-- One row: a denominator, of one year, of a body of a kind and of tiers that do the same, that bodies are likened by.
SELECT d.body, d.measure, d.year, CAST(d.value AS VARCHAR) AS value
FROM denominators d
JOIN register b ON b.body = d.body
WHERE b.kind = :kind AND b.tier IN ({tiers}) AND d.measure IN ('population', 'area_hectares', 'deprivation', 'rurality')
ORDER BY d.body, d.measure, d.year
