-- One row: how many tables of that name the reader holds.
SELECT COUNT(*) AS tables FROM information_schema.tables WHERE table_name = :name
