-- One row: a transaction of the slices that are made again.
CREATE OR REPLACE TEMP TABLE recent AS
SELECT t.*
FROM transactions t
JOIN slices s ON s.body = t.body AND s.financial_year = t.financial_year;

CREATE OR REPLACE TEMP VIEW sliced AS SELECT * FROM recent;
