-- One row: the release itself.
SELECT number, strftime(published, '%Y-%m-%dT%H:%M:%SZ'), journal_length, journal_head, program,
  CAST(payments AS BIGINT), CAST(pence AS BIGINT), CAST(bodies AS BIGINT), CAST(publishers AS BIGINT), CAST(files AS BIGINT)
FROM release
ORDER BY number
