-- One row: a judgement of what no payment says any more.
DELETE FROM lines WHERE line_hash NOT IN (SELECT line_hash FROM payments);

DELETE FROM payees WHERE payee_hash NOT IN (SELECT payee_hash FROM payments);

DELETE FROM entities WHERE NOT EXISTS (
  SELECT * FROM payments p JOIN files f ON f.file_no = p.file_no
  WHERE f.publisher = entities.publisher AND coalesce(p.entity, '') = entities.entity);
