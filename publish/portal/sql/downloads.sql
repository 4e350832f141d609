-- One row: a file of a publisher in the release, after a name. The name is its address: dataset/owner/financial year.
WITH named AS (
  SELECT d.*, CASE WHEN d.dataset = 'figures' THEN COALESCE(b.publisher, '') ELSE d.publisher END AS owner,
    d.dataset || CASE WHEN d.publisher = '' AND d.financial_year = '' THEN ''
      ELSE '/' || d.publisher || '/' || CASE d.financial_year WHEN '' THEN 'undated' ELSE replace(d.financial_year, '/', '-') END END
      || COALESCE(NULLIF(regexp_extract(d.path, '\.[a-z]+$'), ''), '.parquet') AS name
  FROM downloads d
  LEFT JOIN bodies b ON b.body = d.publisher)
SELECT dataset, financial_year, name, sha256, bytes, rows
FROM named
WHERE owner = :publisher AND name > :after
ORDER BY name
LIMIT :limit
