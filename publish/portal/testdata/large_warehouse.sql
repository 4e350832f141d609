-- What the warehouse knows beside the payments of large.sql.
CREATE TABLE register AS SELECT 'XX-B-' || n AS body, 'Region ' || n % 9 AS region, 'England' AS nation FROM range(1, 401) t(n);
CREATE TABLE suppliers AS SELECT DISTINCT supplier, supplier_name AS name, 'company' AS kind, '' AS body, '' AS company_number, '' AS charity_number FROM serving.payments WHERE supplier <> '';
CREATE TABLE supplier_links (a VARCHAR, b VARCHAR, reason VARCHAR);
CREATE TABLE lines AS SELECT line_hash, any_value(scope) AS scope, any_value(cpv) AS category, any_value(cpv) AS likely, any_value(confidence) AS confidence, 'model' AS method, 'a reason' AS reason, 'test-1' AS version
FROM serving.payments WHERE line_hash IS NOT NULL GROUP BY line_hash;
CREATE TABLE payees AS SELECT payee_hash, any_value(supplier) AS supplier, CAST(0.97 AS DECIMAL(4, 3)) AS confidence, 'name' AS method, 'a reason' AS reason, 'test-1' AS version
FROM serving.payments WHERE payee_hash IS NOT NULL GROUP BY payee_hash;
