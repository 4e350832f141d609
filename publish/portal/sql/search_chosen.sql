SELECT CAST(unnest(string_split(:bodies, ',')) AS INTEGER) AS body_no
