-- One row: a text that is to be judged.
SELECT p.line_hash, f.publisher, p.payee, coalesce(p.expense_type, ''), coalesce(p.expense_area, ''), coalesce(p.description, ''),
  coalesce(p.category, ''), coalesce(p.department_family, ''), coalesce(p.entity, '')
FROM payments p
JOIN files f ON f.file_no = p.file_no
WHERE p.rowid BETWEEN :after + 1 AND :last AND p.rowid IN (SELECT first FROM unjudged WHERE first BETWEEN :after + 1 AND :last)
