-- One row: a body about which figures are published: no standing file that counts towards it lacks a licence.
CREATE OR REPLACE TEMP TABLE shown AS
SELECT body FROM publishers WHERE licence <> ''
UNION
SELECT m.body FROM standing s JOIN file_months m ON m.file_no = s.file_no
EXCEPT
SELECT m.body
FROM editions e
JOIN file_months m ON m.file_no = e.file_no
LEFT JOIN publishers p ON p.publisher = e.publisher
WHERE e.superseded_by IS NULL AND coalesce(p.licence, '') = ''
ORDER BY body
