-- One row: a supplier's name.
SELECT name FROM suppliers WHERE supplier = :supplier ORDER BY name
