-- One row: how many columns of that name the reader's own table of suppliers has: releases made before it was kept have none.
SELECT COUNT(*) AS columns
FROM information_schema.columns
WHERE table_name = 'suppliers' AND column_name = :column AND table_catalog <> 'serving'
