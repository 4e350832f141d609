-- One row: a body about which figures are published: no standing file that counts towards it lacks a licence.
CREATE OR REPLACE TEMP TABLE shown AS
SELECT body FROM publishers WHERE licence <> ''
UNION
SELECT body FROM standing
EXCEPT
SELECT e.body
FROM editions e
LEFT JOIN publishers p ON p.publisher = e.publisher
WHERE e.superseded_by IS NULL AND coalesce(p.licence, '') = ''
ORDER BY body
