-- One row: a measure of a body and a year that it is held for.
SELECT measure, year FROM denominators WHERE body = :body AND value > 0 ORDER BY measure, year
