-- One row: a sheet of a file, its line account and what was decided about it.
SELECT sheet_no, member, sheet, encoding, delimiter, header_row, physical, preamble, header, payments, refused, blank, total, note,
  readable_pence, payment_pence, total_pence, note_pence, negative,
  COALESCE(CAST(date_from AS VARCHAR), ''), COALESCE(CAST(date_to AS VARCHAR), ''), date_order, vat_basis, vat_evidence, columns
FROM sheets
WHERE file_no = :file_no
ORDER BY sheet_no
