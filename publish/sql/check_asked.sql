-- One row of asked: a file that was withdrawn since the last release, or an entity that was said to be another body.
CREATE OR REPLACE TEMP TABLE asked (publisher VARCHAR NOT NULL, file VARCHAR NOT NULL, entity VARCHAR NOT NULL);
-- One row of asked_months: a month of a body and duty that such a thing bears on.
CREATE OR REPLACE TEMP TABLE asked_months (body VARCHAR NOT NULL, duty VARCHAR NOT NULL, month DATE NOT NULL)
