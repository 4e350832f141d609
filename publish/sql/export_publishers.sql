-- One row: a publisher of a finished release.
SELECT publisher, name, licence, attribution, slug FROM read_parquet(:path) ORDER BY publisher
