-- One row: a text that is to be judged.
SELECT p.line_hash, f.publisher, p.payee, p.expense_type, p.expense_area, p.description, p.category, p.department_family, p.entity
FROM payments p
JOIN files f ON f.file_no = p.file_no
WHERE p.rowid BETWEEN :after + 1 AND :last AND p.rowid IN (SELECT first FROM unjudged WHERE first BETWEEN :after + 1 AND :last)
