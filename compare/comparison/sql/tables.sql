-- One row: how many tables of that name the reader itself holds, those of a release attached beside it as serving aside.
SELECT COUNT(*) AS tables FROM information_schema.tables WHERE table_name = :name AND table_catalog <> 'serving'
