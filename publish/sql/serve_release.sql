-- One row: the release itself.
CREATE OR REPLACE TABLE serving.release AS
SELECT CAST(:number AS VARCHAR) AS number, CAST(:published AS TIMESTAMP) AS published,
  CAST(:journal_length AS BIGINT) AS journal_length, CAST(:journal_head AS VARCHAR) AS journal_head,
  CAST(:payments AS BIGINT) AS payments, CAST(:pence AS BIGINT) AS pence, CAST(:bodies AS BIGINT) AS bodies,
  CAST(:publishers AS BIGINT) AS publishers, CAST(:files AS BIGINT) AS files, CAST(:program AS VARCHAR) AS program
