-- Empties every derived table and touches every file, so that a refresh makes all again.
DELETE FROM editions;
DELETE FROM file_months;
DELETE FROM same_payments;
DELETE FROM transactions;
DELETE FROM coverage;
DELETE FROM totals;
DELETE FROM figures;
DELETE FROM comparisons;
DELETE FROM benchmarks;
DELETE FROM layouts;
DELETE FROM issues WHERE kind IN ('period_shared', 'period_undecided', 'period_repeated', 'layout_changed');
INSERT INTO touched SELECT file_no FROM files ORDER BY file_no;
