-- One row: a judgement worth a person's look, with a payment that rests on it, after a place in the order of pounds.
SELECT r.place, r.what, COALESCE(p.payee, ''), COALESCE(p.expense_type, ''), COALESCE(p.description, ''), r.judged, r.detail, COALESCE(s.name, ''),
  CAST(CAST(r.confidence * 1000 AS INTEGER) AS BIGINT), r.method, r.reason, r.payments, r.stake, r.doubt, f.file, r.file_no, r.sheet_no, r.row,
  (SELECT count(*) FROM files g WHERE g.file = f.file) > 1
FROM (SELECT * FROM review WHERE place > :after AND (:what = '' OR what = :what) ORDER BY place LIMIT :limit) r
JOIN files f ON f.file_no = r.file_no
LEFT JOIN payments p ON p.file_no = r.file_no AND p.sheet_no = r.sheet_no AND p.row = r.row
LEFT JOIN search_suppliers s ON r.what = 'payee' AND s.supplier = r.judged
ORDER BY r.place
