-- One row: a body by the number that searches know it by.
SELECT body_no, body, name, slug, sector, kind, region FROM search_bodies ORDER BY body_no
