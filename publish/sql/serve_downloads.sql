-- One row: a file to fetch, by its path below the data directory. publisher is a body's id for figures, which are of a
-- body, and '' for the tables of the release as a whole.
CREATE OR REPLACE TABLE serving.downloads (
  dataset VARCHAR, publisher VARCHAR, financial_year VARCHAR, path VARCHAR, sha256 VARCHAR, bytes BIGINT, rows BIGINT)
