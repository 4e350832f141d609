-- One row: an entity, as a publisher names it, whose body is not known yet, and the publisher.
SELECT DISTINCT n.publisher, coalesce(u.name, '') AS name, coalesce(u.body, '') AS body, n.entity
FROM (
  SELECT DISTINCT f.publisher, coalesce(p.entity, '') AS entity
  FROM payments p
  JOIN files f ON f.file_no = p.file_no
  WHERE p.file_no IN (FROM marked)) n
LEFT JOIN publishers u ON u.publisher = n.publisher
WHERE NOT EXISTS (SELECT * FROM entities e WHERE e.publisher = n.publisher AND e.entity = n.entity)
ORDER BY n.publisher, n.entity
