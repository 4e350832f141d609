SELECT CAST(unnest(string_split(:ids, ',')) AS INTEGER) AS id
