-- One row: 1 where a register that was imported tells this of any supplier, else 0.
SELECT COUNT(*) AS told FROM (SELECT supplier FROM suppliers WHERE {column} <> '' LIMIT 1) any_of_them
