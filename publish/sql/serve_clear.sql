-- Takes out of a copy of the last serve.duckdb what is to be replaced. One row of replaced: a partition, by its
-- dataset, its owner (a publisher; for figures a body) and its financial year. One row of gone: a file whose payments are.
CREATE OR REPLACE TEMP TABLE gone AS
SELECT DISTINCT file_no FROM serving.payments
WHERE (publisher, financial_year) IN (SELECT owner, financial_year FROM replaced WHERE dataset = 'payments');
CREATE OR REPLACE TEMP TABLE touched_lines AS
SELECT DISTINCT line_hash FROM serving.payments WHERE file_no IN (SELECT file_no FROM gone) AND line_hash IS NOT NULL;
CREATE OR REPLACE TEMP TABLE touched_payees AS
SELECT DISTINCT payee_hash FROM serving.payments WHERE file_no IN (SELECT file_no FROM gone) AND payee_hash IS NOT NULL;
DELETE FROM serving.payments WHERE file_no IN (SELECT file_no FROM gone);
DELETE FROM serving.transactions WHERE file_no IN (SELECT file_no FROM gone);
DELETE FROM serving.issues
WHERE file_no IN (
  SELECT file_no FROM serving.files WHERE publisher IN (SELECT owner FROM replaced WHERE dataset = 'payments'));
DELETE FROM serving.figures
WHERE (body, financial_year) IN (SELECT owner, financial_year FROM replaced WHERE dataset = 'figures');
DELETE FROM serving.search_by_body WHERE file_no IN (SELECT file_no FROM gone);
DELETE FROM serving.search_by_payee WHERE file_no IN (SELECT file_no FROM gone);
DELETE FROM serving.search_by_text WHERE file_no IN (SELECT file_no FROM gone);
DELETE FROM serving.search_by_date WHERE file_no IN (SELECT file_no FROM gone);
DELETE FROM serving.search_sums
WHERE slice_no IN (
  SELECT s.slice_no FROM serving.search_slices s
  JOIN replaced r ON r.dataset = 'payments' AND r.owner = s.publisher AND r.financial_year = s.financial_year);
DELETE FROM serving.search_totals
WHERE slice_no IN (
  SELECT s.slice_no FROM serving.search_slices s
  JOIN replaced r ON r.dataset = 'payments' AND r.owner = s.publisher AND r.financial_year = s.financial_year)
