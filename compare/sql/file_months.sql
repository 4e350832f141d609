-- One row: a month that a touched file claims, or that payments of it count under.
DELETE FROM file_months WHERE file_no IN (SELECT file_no FROM touched);

INSERT INTO file_months
WITH claims AS (
  SELECT f.file_no, c.financial_year, c.month, 1 AS claimed,
    0 AS payments, CAST(0 AS BIGINT) AS pence, 0 AS undated, 0 AS net, 0 AS gross
  FROM files f
  JOIN touched t ON t.file_no = f.file_no
  JOIN calendar c ON c.month >= DATE_TRUNC('month', f.period_from) AND c.month <= f.period_to
  WHERE f.outcome IN ('load', 'empty')),
counts AS (
  SELECT p.file_no, p.financial_year, p.month, 0 AS claimed,
    COUNT(*) AS payments, SUM(p.amount) AS pence,
    COUNT(*) FILTER (WHERE NOT p.dated) AS undated,
    COUNT(*) FILTER (WHERE p.vat_basis = 'net') AS net,
    COUNT(*) FILTER (WHERE p.vat_basis = 'gross') AS gross
  FROM placed p
  WHERE p.file_no IN (SELECT t.file_no FROM touched t JOIN files f ON f.file_no = t.file_no WHERE f.outcome = 'load')
  GROUP BY p.file_no, p.financial_year, p.month),
both_kinds AS (SELECT * FROM claims UNION ALL SELECT * FROM counts)
SELECT file_no, financial_year, month, MAX(claimed) = 1,
  CAST(SUM(payments) AS BIGINT), CAST(SUM(pence) AS BIGINT), CAST(SUM(undated) AS BIGINT),
  CAST(SUM(net) AS BIGINT), CAST(SUM(gross) AS BIGINT)
FROM both_kinds
GROUP BY file_no, financial_year, month
ORDER BY file_no, month;
