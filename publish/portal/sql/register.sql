-- One row: a body, and its publisher's slug.
SELECT b.body, b.name, b.slug, b.sector, b.kind, b.publisher, b.licence, b.attribution, COALESCE(p.slug, '')
FROM bodies b
LEFT JOIN publishers p ON p.publisher = b.publisher
ORDER BY b.body
