-- One row: a sheet of a file, its line account and what was decided about it.
SELECT h.file_no, h.sheet_no, f.file, h.member, h.sheet, h.encoding, h.delimiter, h.header_row,
  h.physical, h.preamble, h.header, h.payments, h.refused, h.blank, h.total, h.note,
  h.readable_pence, h.payment_pence, h.total_pence, h.note_pence, h.negative, h.date_from, h.date_to, h.date_order,
  h.vat_basis, h.vat_evidence, h.columns
FROM published_sheets h
JOIN files f ON f.file_no = h.file_no
JOIN publishers p ON p.publisher = f.publisher
WHERE p.licence <> ''
ORDER BY h.file_no, h.sheet_no
