-- One row: the release itself.
SELECT number, strftime(published, '%Y-%m-%dT%H:%M:%SZ'), journal_length, journal_head, program, payments, pence, bodies, publishers, files
FROM release
ORDER BY number
