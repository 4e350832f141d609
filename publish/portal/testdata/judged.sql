-- Adds to serve.sql what judgements give: columns of payments. The warehouse's tables are in judged_warehouse.sql.
ALTER TABLE payments ADD COLUMN supplier VARCHAR;
ALTER TABLE payments ADD COLUMN supplier_name VARCHAR;
ALTER TABLE payments ADD COLUMN scope VARCHAR;
ALTER TABLE payments ADD COLUMN cpv VARCHAR;
ALTER TABLE payments ADD COLUMN judged_by VARCHAR;
ALTER TABLE payments ADD COLUMN confidence DECIMAL(4, 3);
ALTER TABLE payments ADD COLUMN line_hash BIGINT;
ALTER TABLE payments ADD COLUMN payee_hash BIGINT;
UPDATE payments SET
  supplier = CASE payee WHEN 'Alder & Ash Ltd' THEN 's00000000000000a1' WHEN 'BRIGHT  Lamps Ltd' THEN 's00000000000000b2' WHEN 'Copper Kettle Catering' THEN 's00000000000000c3'
    WHEN 'Dunmore Roads plc' THEN 's00000000000000d4' WHEN 'Fernley Care Ltd' THEN 's00000000000000f6' ELSE '' END,
  scope = CASE WHEN payee_class = 'individual' THEN 'individuals' WHEN payee_class <> 'organisation' THEN 'unknown' WHEN publisher = 'naughty' THEN 'mixed' ELSE 'procurement' END,
  cpv = CASE WHEN payee_class <> 'organisation' THEN '' WHEN expense_type = 'Repairs' THEN '45000000-7' WHEN expense_type = 'Lighting' THEN '31500000-1'
    WHEN expense_type = 'Catering' THEN '55500000-5' WHEN expense_type = 'Roads' THEN '45233000-9' WHEN expense_type = 'Care' THEN '85000000-9' ELSE '' END,
  judged_by = CASE WHEN publisher = 'naughty' THEN 'override' ELSE 'rule' END, confidence = CASE expense_type WHEN 'Consultancy' THEN 0.310 ELSE 0.950 END,
  line_hash = CASE WHEN payee_class = 'organisation' THEN CAST(hash(payee || expense_type || publisher) // 4 AS BIGINT) END,
  payee_hash = CASE WHEN payee_class = 'organisation' THEN CAST(hash(payee) // 4 AS BIGINT) END;
UPDATE payments SET supplier_name = CASE supplier WHEN 's00000000000000a1' THEN 'ALDER AND ASH LIMITED' WHEN 's00000000000000b2' THEN 'BRIGHT LAMPS LTD'
  WHEN 's00000000000000c3' THEN 'COPPER KETTLE CATERING' WHEN 's00000000000000d4' THEN 'DUNMORE ROADS PLC' WHEN 's00000000000000f6' THEN 'FERNLEY CARE LTD <b>' ELSE '' END;
