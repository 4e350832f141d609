-- One row: a supplier that a published payment is to.
SELECT u.supplier, u.name, u.kind, u.body, u.company_number, u.charity_number, u.size, u.postcode_area
FROM suppliers u
WHERE u.kind NOT IN ('person', 'redacted') AND u.supplier IN (
  SELECT t.supplier FROM transactions t JOIN standing s ON s.file_no = t.file_no)
ORDER BY u.supplier
