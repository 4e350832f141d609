-- One row: a standing file, with what decides the bytes of the partition it belongs to.
SELECT s.publisher, s.body, s.financial_year,
  concat_ws(chr(31), s.file_no, s.file, s.body, s.duty, s.period_from, s.period_to, s.rules,
    coalesce(h.payments, 0), coalesce(h.pence, 0), coalesce(h.names, ''), coalesce(j.print, '')) AS evidence,
  coalesce(h.payments, 0) AS payments, coalesce(h.pence, 0) AS pence
FROM standing s
LEFT JOIN (
  SELECT file_no, CAST(sum(payments) AS BIGINT) AS payments, CAST(sum(payment_pence) AS BIGINT) AS pence,
    string_agg(member || chr(30) || sheet, chr(30) ORDER BY sheet_no) AS names
  FROM sheets GROUP BY file_no) h ON h.file_no = s.file_no
LEFT JOIN judged_files j ON j.file_no = s.file_no
ORDER BY s.publisher, s.financial_year, s.file_no
