-- One row: a kind of body in the release.
SELECT DISTINCT b.kind
FROM bodies b
WHERE b.kind <> ''
ORDER BY b.kind
