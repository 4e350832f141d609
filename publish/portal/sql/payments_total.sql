-- One row: how many payments the list of payments.sql has, and what they come to.
WITH chosen AS (
  SELECT p.amount,
    CASE WHEN p.date >= DATE '1990-01-01' AND p.date <= CAST(f.received + INTERVAL '1' YEAR AS DATE) THEN p.date ELSE f.period_from END AS counted
  FROM payments p
  JOIN files f ON f.file_no = p.file_no
  WHERE p.body = :body AND (p.duty = :duty OR :duty = '' AND p.duty <> 'REPORTED')
    AND (:payee = '' OR p.payee = :payee) AND (:type = '' OR p.expense_type = :type))
SELECT count(*), CAST(COALESCE(sum(amount), 0) AS BIGINT)
FROM chosen
WHERE :all OR (:undated AND counted IS NULL) OR (NOT :undated AND counted >= CAST(:from AS DATE) AND counted <= CAST(:to AS DATE))
ORDER BY 1
