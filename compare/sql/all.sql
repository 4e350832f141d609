-- One row: a transaction, since all slices are made again.
CREATE OR REPLACE TEMP VIEW sliced AS SELECT * FROM transactions;
