-- One row: a file of the release by its name, dataset/owner/financial year, and where it lies below the data directory.
WITH named AS (
  SELECT path, sha256,
    dataset || CASE WHEN publisher = '' AND financial_year = '' THEN ''
      ELSE '/' || publisher || '/' || CASE financial_year WHEN '' THEN 'undated' ELSE replace(financial_year, '/', '-') END END
      || COALESCE(NULLIF(regexp_extract(path, '\.[a-z]+$'), ''), '.parquet') AS name
  FROM downloads)
SELECT name, path, sha256 FROM named WHERE name = :name ORDER BY name
