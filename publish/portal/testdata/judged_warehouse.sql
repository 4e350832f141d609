-- What the warehouse knows beside payments: the register, suppliers, their links, and judgements.
CREATE TABLE register (body VARCHAR, region VARCHAR, nation VARCHAR);
INSERT INTO register SELECT 'XX-D-' || n, CASE WHEN n < 5 THEN 'North' ELSE 'West' END, 'England' FROM range(1, 8) t(n);
CREATE TABLE suppliers (supplier VARCHAR, name VARCHAR, kind VARCHAR, body VARCHAR, company_number VARCHAR, charity_number VARCHAR,
  size VARCHAR DEFAULT '', postcode_area VARCHAR DEFAULT '');
INSERT INTO suppliers (supplier, name, kind, body, company_number, charity_number) VALUES
  ('s00000000000000a1', 'ALDER AND ASH LIMITED', 'company', '', '01234567', ''), ('s00000000000000b2', 'BRIGHT LAMPS LTD', 'company', '', '', ''),
  ('s00000000000000c3', 'COPPER KETTLE CATERING', 'unknown', '', '', ''), ('s00000000000000d4', 'DUNMORE ROADS PLC', 'company', '', '', ''),
  ('s00000000000000f6', 'FERNLEY CARE LTD <b>', 'charity', '', '', '1000001');
CREATE TABLE supplier_links (a VARCHAR, b VARCHAR, reason VARCHAR);
INSERT INTO supplier_links VALUES ('s00000000000000a1', 's00000000000000d4', 'their names share a rare word, and one is a branch of the other');
CREATE TABLE lines AS
SELECT DISTINCT line_hash, scope, cpv AS category, CASE WHEN cpv = '' THEN '79410000-1' ELSE cpv END AS likely, confidence, judged_by AS method,
  'the word "' || expense_type || '" in the expense type' AS reason, 'test-1' AS version
FROM serving.payments WHERE line_hash IS NOT NULL;
CREATE TABLE payees AS
SELECT DISTINCT payee_hash, supplier, CAST(CASE WHEN supplier = '' THEN 0 ELSE 0.97 END AS DECIMAL(4, 3)) AS confidence,
  CASE WHEN supplier = '' THEN 'abstained' ELSE 'name' END AS method, CASE WHEN supplier = '' THEN 'the name alone does not tell' ELSE 'the same name without its legal form' END AS reason, 'test-1' AS version
FROM serving.payments WHERE payee_hash IS NOT NULL;
