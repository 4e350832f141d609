-- One row: how many files make a second standing claim.
SELECT count(*) - count(DISTINCT file_no) FROM standing ORDER BY 1
