-- Takes out of a copy of the last serve.duckdb what is to be replaced. One row of replaced: a partition, by its
-- dataset, its owner (a publisher; for figures a body) and its financial year.
DELETE FROM serving.payments
WHERE (publisher, financial_year) IN (SELECT owner, financial_year FROM replaced WHERE dataset = 'payments');
DELETE FROM serving.transactions
WHERE file_no IN (
  SELECT file_no FROM serving.files
  WHERE (publisher, financial_year) IN (SELECT owner, financial_year FROM replaced WHERE dataset = 'payments'));
DELETE FROM serving.issues
WHERE file_no IN (
  SELECT file_no FROM serving.files WHERE publisher IN (SELECT owner FROM replaced WHERE dataset = 'payments'));
DELETE FROM serving.figures
WHERE (body, financial_year) IN (SELECT owner, financial_year FROM replaced WHERE dataset = 'figures');
