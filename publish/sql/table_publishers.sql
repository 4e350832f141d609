-- One row: a publisher whose licence is on record.
WITH named AS (
  SELECT *, trim(regexp_replace(lower(strip_accents(publisher)), '[^a-z0-9]+', '-', 'g'), '-') AS base
  FROM publishers WHERE licence <> '')
SELECT publisher, name, body, sector, kind, duty, threshold_pence, licence, attribution,
  CASE WHEN base = '' OR count(*) OVER (PARTITION BY base) > 1
    THEN trim(base || '-' || substr(sha256(publisher), 1, 6), '-') ELSE base END AS slug
FROM named
ORDER BY publisher
