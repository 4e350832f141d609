-- One row: a version of the rules that some standing file was read by.
SELECT DISTINCT rules FROM standing ORDER BY rules
