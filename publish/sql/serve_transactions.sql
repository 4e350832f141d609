-- One row: the payments of one published transaction that count alike, as comparisons read them: by category and year first.
INSERT INTO serving.transactions
SELECT t.file_no, t.publisher, t.body, t.financial_year, t.month, t.duty, t.vat_basis, t.scope, t.category,
  CASE WHEN u.kind IN ('person', 'redacted') THEN '' ELSE t.supplier END, t.redacted, t.confidence, t.payments, t.pence, t.transaction_pence,
  t.credit_pence, t.repeats, t.inferred, t.sheet_no, t.row
FROM transactions t
JOIN standing s ON s.file_no = t.file_no
JOIN replaced r ON r.dataset = 'payments' AND r.owner = s.publisher AND r.financial_year = s.financial_year
LEFT JOIN suppliers u ON u.supplier = t.supplier
ORDER BY t.category, t.financial_year, t.body, t.duty, t.month, t.file_no, t.sheet_no, t.row
