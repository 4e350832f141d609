-- One row: a text as published that names a person by title: it is held back wherever it would be published.
CREATE OR REPLACE TEMP TABLE titled (text VARCHAR)
