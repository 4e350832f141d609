-- The warehouse: an index over originals and journal, which `commonspend rebuild` makes again.

-- One row: how far the journal has been applied.
CREATE TABLE indexed (journal_length BIGINT NOT NULL, journal_head VARCHAR NOT NULL, warehouse_version VARCHAR NOT NULL);

-- One row: a file loaded, changed or withdrawn since the derived tables were last brought up to date.
CREATE TABLE unrefreshed (file_no INTEGER NOT NULL);

-- One row: a publisher as the journal last described it.
CREATE TABLE publishers (
  publisher VARCHAR NOT NULL, name VARCHAR NOT NULL, body VARCHAR NOT NULL, sector VARCHAR NOT NULL,
  kind VARCHAR NOT NULL, duty VARCHAR NOT NULL, threshold_pence BIGINT NOT NULL,
  licence VARCHAR NOT NULL, attribution VARCHAR NOT NULL);

-- One row: a file as received. file_no is the sequence number of its journal event.
CREATE TABLE files (
  file_no INTEGER NOT NULL, file VARCHAR NOT NULL, publisher VARCHAR NOT NULL, name VARCHAR NOT NULL, source VARCHAR NOT NULL,
  bytes BIGINT NOT NULL, received TIMESTAMP NOT NULL, outcome VARCHAR NOT NULL, reason VARCHAR NOT NULL,
  duty VARCHAR NOT NULL, period_from DATE, period_to DATE, period_basis VARCHAR NOT NULL, rules VARCHAR NOT NULL);

-- One row: a sheet of a file, its line account and what was decided about it.
CREATE TABLE sheets (
  file_no INTEGER NOT NULL, sheet_no INTEGER NOT NULL, member VARCHAR NOT NULL, sheet VARCHAR NOT NULL,
  encoding VARCHAR NOT NULL, delimiter VARCHAR NOT NULL, header_row INTEGER NOT NULL,
  physical BIGINT NOT NULL, preamble BIGINT NOT NULL, header BIGINT NOT NULL, payments BIGINT NOT NULL,
  refused BIGINT NOT NULL, blank BIGINT NOT NULL, total BIGINT NOT NULL, note BIGINT NOT NULL,
  readable_pence BIGINT NOT NULL, payment_pence BIGINT NOT NULL, total_pence BIGINT NOT NULL, note_pence BIGINT NOT NULL,
  negative BIGINT NOT NULL, date_from DATE, date_to DATE, date_order VARCHAR NOT NULL,
  vat_basis VARCHAR NOT NULL, vat_evidence VARCHAR NOT NULL, columns VARCHAR NOT NULL);

-- One row: a payment. (file_no, sheet_no, row) is its key and its way back to the cell. number_kind: what supplier_id is by
-- its header: company charity vat, '' for a ledger's own number. line_hash and payee_hash lead to lines and payees.
CREATE TABLE payments (
  file_no INTEGER NOT NULL, sheet_no INTEGER NOT NULL, row INTEGER NOT NULL,
  date_column SMALLINT NOT NULL, amount_column SMALLINT NOT NULL, payee_column SMALLINT NOT NULL,
  date DATE, date_kind VARCHAR NOT NULL, amount BIGINT NOT NULL, vat_basis VARCHAR NOT NULL,
  payee VARCHAR NOT NULL, payee_class VARCHAR NOT NULL, text_withheld BOOLEAN NOT NULL,
  department_family VARCHAR, entity VARCHAR, expense_type VARCHAR, expense_area VARCHAR,
  description VARCHAR, transaction VARCHAR, category VARCHAR, supplier_id VARCHAR,
  vat_amount VARCHAR, postcode VARCHAR, contract_reference VARCHAR, other VARCHAR,
  number_kind VARCHAR NOT NULL, line_hash BIGINT NOT NULL, payee_hash BIGINT NOT NULL);

-- One row: something odd at a place in a file.
CREATE TABLE issues (
  file_no INTEGER NOT NULL, sheet_no INTEGER NOT NULL, row INTEGER NOT NULL, column_no INTEGER NOT NULL,
  field VARCHAR NOT NULL, kind VARCHAR NOT NULL, value VARCHAR NOT NULL);

-- Judgements are kept by the distinct values they rest on, each with its confidence (0 to 1), method, reason in plain words
-- and the version of what judged. Method 'override' is a person's word, which beats all others.

-- One row: a distinct text by which scope and category are judged: that of the payments with its line_hash.
-- scope: procurement grant transfer individuals tax finance mixed unknown. category: a CPV code with its check digit, or ''
-- where nothing was bought or the evidence falls short; likely: the category before that threshold.
CREATE TABLE lines (
  line_hash BIGINT NOT NULL, scope VARCHAR NOT NULL, category VARCHAR NOT NULL, likely VARCHAR NOT NULL,
  confidence DECIMAL(4, 3) NOT NULL, method VARCHAR NOT NULL, reason VARCHAR NOT NULL, version VARCHAR NOT NULL);

-- One row: a distinct payee, with what rows say of it, and the supplier it is; '' where that is left open.
CREATE TABLE payees (
  payee_hash BIGINT NOT NULL, payee VARCHAR NOT NULL, payee_class VARCHAR NOT NULL, postcode VARCHAR NOT NULL,
  number_kind VARCHAR NOT NULL, number VARCHAR NOT NULL, supplier VARCHAR NOT NULL,
  confidence DECIMAL(4, 3) NOT NULL, method VARCHAR NOT NULL, reason VARCHAR NOT NULL, version VARCHAR NOT NULL);

-- One row: a supplier. kind: company, public body, charity, person, redacted, unknown. body: its id where it is a public body.
-- size: small, other, '' where no imported register of companies tells; postcode_area: the letters that the postcode of its
-- registered office begins with, '' likewise.
CREATE TABLE suppliers (
  supplier VARCHAR NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, body VARCHAR NOT NULL,
  company_number VARCHAR NOT NULL, charity_number VARCHAR NOT NULL, size VARCHAR NOT NULL, postcode_area VARCHAR NOT NULL);

-- One row: two suppliers that are related and not the same, a before b.
CREATE TABLE supplier_links (a VARCHAR NOT NULL, b VARCHAR NOT NULL, reason VARCHAR NOT NULL);

-- One row: an entity as a publisher names it ('' for none), and the body it is from valid_from to valid_to, both included,
-- NULL where open; body is '' where it is not known. reported: the publisher neither is that body nor answers for it, so that it
-- reports payments of another's, as a list of sales to it does.
CREATE TABLE entities (
  publisher VARCHAR NOT NULL, entity VARCHAR NOT NULL, valid_from DATE, valid_to DATE, body VARCHAR NOT NULL, reported BOOLEAN NOT NULL,
  confidence DECIMAL(4, 3) NOT NULL, method VARCHAR NOT NULL, reason VARCHAR NOT NULL, version VARCHAR NOT NULL);

-- One row: a public body of the register, from valid_from to valid_to, NULL where open or not known. succeeded_by: ids, with
-- a space between; parent: the department or board it answers to.
CREATE TABLE register (
  body VARCHAR NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT NULL, tier VARCHAR NOT NULL, gss VARCHAR NOT NULL,
  region VARCHAR NOT NULL, nation VARCHAR NOT NULL, valid_from DATE, valid_to DATE, succeeded_by VARCHAR NOT NULL,
  postcode VARCHAR NOT NULL, parent VARCHAR NOT NULL, source VARCHAR NOT NULL);

-- One row: what a body's pounds may be divided by, in one year. measure: population beds employees turnover_pounds ….
CREATE TABLE denominators (
  body VARCHAR NOT NULL, measure VARCHAR NOT NULL, year INTEGER NOT NULL, value DECIMAL(18, 3) NOT NULL, source VARCHAR NOT NULL);

-- One row: a person's word on a judgement, while it stands. no: its journal event; of two that match, the later counts.
-- what: line (sets scope, category), payee (sets supplier) or entity (sets body). The columns publisher to description say
-- what it is about: NULL matches anything. same_as: the payee whose supplier it is, '' for one of its own.
CREATE TABLE overrides (
  no INTEGER NOT NULL, what VARCHAR NOT NULL, publisher VARCHAR, payee VARCHAR, postcode VARCHAR, entity VARCHAR,
  expense_type VARCHAR, expense_area VARCHAR, description VARCHAR,
  scope VARCHAR, category VARCHAR, same_as VARCHAR, body VARCHAR, said_by VARCHAR NOT NULL, why VARCHAR NOT NULL);

-- One row: a register that was imported. no: its journal event; the latest of each register counts.
-- register: companies charities nhs bodies denominators. dated: the day its publisher made it.
CREATE TABLE registers (
  register VARCHAR NOT NULL, no INTEGER NOT NULL, file VARCHAR NOT NULL, name VARCHAR NOT NULL, dated DATE NOT NULL, entries BIGINT NOT NULL);

-- One row: a file, with a print of all that is judged of its payments, which changes whenever any of it does.
CREATE TABLE judged_files (file_no INTEGER NOT NULL, print VARCHAR NOT NULL);

-- One row: what the judgements held were made with: of lines, of payees, of entities; and what the resolution of payees left
-- for the next one, which only saves time.
CREATE TABLE judged (lines VARCHAR NOT NULL, payees VARCHAR NOT NULL, entities VARCHAR NOT NULL, resolution BLOB NOT NULL);

-- One row: a calendar month, with the financial year (1 April to 31 March) it falls in.
-- January 1990 to April 2073: a date outside is taken for a slip, see placed.
CREATE VIEW calendar AS
WITH digits (n) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)),
months (month) AS (
  SELECT CAST(DATE '1990-01-01' + (100 * a.n + 10 * b.n + c.n) * INTERVAL '1' MONTH AS DATE)
  FROM digits a CROSS JOIN digits b CROSS JOIN digits c),
years (month, first) AS (
  SELECT month, CAST(EXTRACT(YEAR FROM month) AS INTEGER) - CASE WHEN EXTRACT(MONTH FROM month) < 4 THEN 1 ELSE 0 END FROM months)
SELECT month, CAST(first AS VARCHAR) || '/' || SUBSTRING(CAST(first + 1 AS VARCHAR), 3, 2) AS financial_year FROM years;

-- One row: an entity as a publisher names it ('' for none) and a body it was from valid_from on, until valid_to or the day before
-- next_from, when it became another; NULL where open. However entities overlap, a day has one body here: of two the one
-- that began later, of two that began together the surer.
CREATE VIEW entity_spans AS
WITH starts AS (
  SELECT publisher, entity, valid_from, valid_to, body, reported,
    ROW_NUMBER() OVER (PARTITION BY publisher, entity, valid_from ORDER BY confidence DESC, body) AS place
  FROM entities)
SELECT publisher, entity, valid_from, valid_to, body, reported,
  LEAD(valid_from) OVER (PARTITION BY publisher, entity ORDER BY valid_from NULLS FIRST) AS next_from
FROM starts
WHERE place = 1;

-- One row: a payment, with the month, the body and the duty that it counts under in coverage, transactions and figures.
-- The month is that of its own date (dated is true). A payment without a date, or dated before 1990 or over
-- a year after its file was received, counts under the first month of its file's period (dated is false);
-- where the file has no period either, under no month (NULL) and the financial year ''.
-- The body is what its entity was on the first day of that month, or its publisher's where that is not known. The duty is its
-- file's, or REPORTED where its publisher does not answer for that body: what others report of a body is never added to
-- what it published itself. Open ends of a span stand as far dates: with OR the join would hold each payment against every
-- entity there is.
CREATE VIEW placed AS
WITH believed AS (
  SELECT p.*, f.period_from, f.publisher, f.duty,
    p.date IS NOT NULL AND p.date >= DATE '1990-01-01' AND p.date <= CAST(f.received + INTERVAL '1' YEAR AS DATE) AS dated
  FROM payments p JOIN files f ON f.file_no = p.file_no)
SELECT b.file_no, b.sheet_no, b.row, c.month, COALESCE(c.financial_year, '') AS financial_year, b.dated,
  b.amount, b.vat_basis, b.payee, b.payee_class, b.text_withheld, b.expense_type,
  b.publisher, CASE WHEN e.reported THEN 'REPORTED' ELSE b.duty END AS duty, COALESCE(NULLIF(e.body, ''), o.body, 'XC-PUBLISHER-' || b.publisher) AS body,
  b.date, b.transaction, b.line_hash, b.payee_hash,
  b.date_kind, b.department_family, b.entity, b.expense_area, b.description, b.category, b.supplier_id, b.vat_amount, b.postcode,
  b.contract_reference, b.other, b.date_column, b.amount_column, b.payee_column
FROM believed b
LEFT JOIN publishers o ON o.publisher = b.publisher
LEFT JOIN calendar c ON c.month = CAST(DATE_TRUNC('month', CASE WHEN b.dated THEN b.date ELSE b.period_from END) AS DATE)
LEFT JOIN entity_spans e ON e.publisher = b.publisher AND e.entity = COALESCE(b.entity, '')
  AND COALESCE(e.valid_from, DATE '0001-01-01') <= COALESCE(c.month, DATE '0001-01-01')
  AND COALESCE(e.valid_to, DATE '9999-12-30') >= COALESCE(c.month, DATE '9999-12-30')
  AND COALESCE(e.next_from, DATE '9999-12-31') > COALESCE(c.month, DATE '9999-12-30');

-- One row: a file that makes a claim to a period, and the file that replaced it, or whose lines it repeats, NULL while the claim stands.
-- outcome: load empty. body: the publisher's. financial_year is that of period_from, '' where the period is not known.
-- undecided: another standing file covers some of its months and repeats some of its lines, too many for chance and too few
-- to say that one replaces the other. Derived.
CREATE TABLE editions (
  file_no INTEGER NOT NULL, publisher VARCHAR NOT NULL, body VARCHAR NOT NULL, duty VARCHAR NOT NULL, financial_year VARCHAR NOT NULL,
  period_from DATE, period_to DATE, outcome VARCHAR NOT NULL, superseded_by INTEGER, undecided BOOLEAN);

-- One row: a layout that a publisher's standing files use under a duty: which headers in which order, and what each became.
-- layout: a hash of the headers, folded, and the fields. columns: as in sheets, of the first of the files. files: how many have
-- it; first_file_no and last_file_no: of these, in the order of their periods. A file's layout is that of the table with most
-- of its payments. Derived.
CREATE TABLE layouts (
  publisher VARCHAR NOT NULL, duty VARCHAR NOT NULL, layout VARCHAR NOT NULL, columns VARCHAR NOT NULL,
  files BIGINT NOT NULL, first_file_no INTEGER NOT NULL, last_file_no INTEGER NOT NULL);

-- One row: a month of a body that a file's period claims, or that payments of it count under (see placed), and what these
-- come to, by duty. A file claims its months for the bodies that it holds payments of, for one that an entity was, those in which it
-- was; without payments, for its publisher's.
-- month is NULL, and financial_year '', for payments that count under no month. first_day, last_day: of the payments that
-- have a date to believe, in that month. Derived.
CREATE TABLE file_months (
  file_no INTEGER NOT NULL, body VARCHAR NOT NULL, duty VARCHAR NOT NULL, financial_year VARCHAR NOT NULL, month DATE, claimed BOOLEAN NOT NULL,
  payments BIGINT NOT NULL, pence BIGINT NOT NULL, undated BIGINT NOT NULL, net BIGINT NOT NULL, gross BIGINT NOT NULL,
  first_day DATE, last_day DATE);

-- One row: a payment that a body published again under another duty: (file_no, sheet_no, row) repeats the one at (of_file_no,
-- of_sheet_no, of_row). They agree in body, date, amount and in payee or reference, as told_by says, one for one. The first of
-- the two counts where duties are added: the publisher's own duty, else the duty that comes first in the list of duties.
-- financial_year: of the date. Derived.
CREATE TABLE same_payments (
  file_no INTEGER NOT NULL, sheet_no INTEGER NOT NULL, row INTEGER NOT NULL,
  of_file_no INTEGER NOT NULL, of_sheet_no INTEGER NOT NULL, of_row INTEGER NOT NULL,
  told_by VARCHAR NOT NULL, body VARCHAR NOT NULL, financial_year VARCHAR NOT NULL);

-- One row: the payments of one transaction in a standing file that count under the same body, month, supplier, scope, category
-- and VAT basis. A transaction is the payments that share a reference within the file; where there is none, those to one
-- organisation on one day (inferred); else each payment is its own.
-- supplier: '' where left open or not an organisation. redacted: the payee is. confidence: of the least sure judgement of scope and
-- category, 0 where there is none. transaction_pence: of the whole transaction, for a threshold to be held against.
-- credit_pence: the sum of the negative amounts. repeats: they are in same_payments as the second of two.
-- sheet_no, row: the first of the payments; with file_no the key. Derived.
CREATE TABLE transactions (
  file_no INTEGER NOT NULL, publisher VARCHAR NOT NULL, body VARCHAR NOT NULL, financial_year VARCHAR NOT NULL, month DATE,
  duty VARCHAR NOT NULL, vat_basis VARCHAR NOT NULL, scope VARCHAR NOT NULL, category VARCHAR NOT NULL, supplier VARCHAR NOT NULL,
  redacted BOOLEAN NOT NULL, confidence DECIMAL(4, 3) NOT NULL, payments BIGINT NOT NULL, pence BIGINT NOT NULL,
  transaction_pence BIGINT NOT NULL, credit_pence BIGINT, repeats BOOLEAN, inferred BOOLEAN, sheet_no INTEGER, row INTEGER);

-- One row: a body's calendar month under a duty, and how well we hold it. Derived.
-- status: held (a standing file with payments claims it), partial (held, but by its dates only in part: the files' periods leave
-- out days of it; or it has no payment, though four or more of the body's months of the year have ten or more; or two weeks or
-- more at one end of it are empty, as in no more than a quarter of such months), nil (only files that say there is nothing claim it), missing (none does, though the body published before and after), stray
-- (none does, outside those; but payments count under it).
-- files: files that claim it and stand, or of which another has the lines and stands; superseded: files that claimed it and were
-- replaced; undecided: standing files that may repeat one another's payments of it, so that it is not to be compared.
-- payments, pence: what counts under it, from any standing file; undated: those of them without a date to believe.
-- vat_basis: net gross unknown, or mixed, of those payments. month is NULL only for payments that count under no month.
-- late_days: from the end of the month until the first file that claims it was received; more than the publisher took where
-- it was fetched later. first_day, last_day: of the dates in the month.
-- threshold_pence: declared by the source, else the duty's. observed_pence: the highest usual threshold that at most 1 in 100 of the
-- year's payments out fall short of, by transaction; NULL under 100 of them. threshold_warning: '' where they agree, 'below' where
-- smaller ones are published than declared, 'above' where larger ones seem left out.
-- classified: of known scope and, where it is procurement, with a category. repeated: published under another duty too, see
-- same_payments. procurement_pence to unknown_pence add up to pence.
CREATE TABLE coverage (
  body VARCHAR NOT NULL, financial_year VARCHAR NOT NULL, month DATE, duty VARCHAR NOT NULL, status VARCHAR NOT NULL,
  files BIGINT NOT NULL, superseded BIGINT NOT NULL, payments BIGINT NOT NULL, pence BIGINT NOT NULL,
  undated BIGINT NOT NULL, vat_basis VARCHAR NOT NULL,
  undecided BIGINT, late_days INTEGER, first_day DATE, last_day DATE,
  threshold_pence BIGINT, observed_pence BIGINT, threshold_warning VARCHAR,
  classified_payments BIGINT, classified_pence BIGINT, redacted_payments BIGINT, redacted_pence BIGINT, repeated_pence BIGINT,
  procurement_pence BIGINT, grant_pence BIGINT, transfer_pence BIGINT, individuals_pence BIGINT, tax_pence BIGINT,
  finance_pence BIGINT, mixed_pence BIGINT, unknown_pence BIGINT);

-- One row: what a body published for a calendar month, or a financial year, in all or for one key of a dimension. Derived.
-- dimension: total payee expense_type scope, of a month as in coverage; division (the first two digits of a category) and
-- category, of a whole financial year: month is NULL. key is '' for total, for a missing payee, a blank expense type and no
-- category. Suppliers of a body's year are added up from transactions. A payee who is not plainly an organisation has its class as key, 'Individual', and an expense type
-- that names such a payee counts as blank: a private person's name is never a key.
-- credit_pence: the sum of the negative amounts. repeated_pence: published under another duty too, to be taken off where duties
-- are added; NULL for payee and expense_type. comparable_pence: of a division or category, procurement in transactions of at
-- least the duty's threshold, not repeated; NULL for the other dimensions.
CREATE TABLE figures (
  body VARCHAR NOT NULL, financial_year VARCHAR NOT NULL, month DATE, duty VARCHAR NOT NULL,
  dimension VARCHAR NOT NULL, key VARCHAR NOT NULL, payments BIGINT NOT NULL, pence BIGINT NOT NULL, credit_pence BIGINT NOT NULL,
  repeated_pence BIGINT, comparable_pence BIGINT);

-- One row: a month that is held of a body, if only in part, beside the median of the other bodies of its kind, or the reason why not. Derived.
-- peers: the others that hold the month under the same duty on the same VAT basis. withheld is '' where there is a median.
CREATE TABLE comparisons (
  body VARCHAR NOT NULL, financial_year VARCHAR NOT NULL, month DATE NOT NULL, duty VARCHAR NOT NULL, kind VARCHAR NOT NULL,
  vat_basis VARCHAR NOT NULL, pence BIGINT NOT NULL, peers BIGINT NOT NULL, median_pence BIGINT, withheld VARCHAR NOT NULL);

-- One row: how much bodies of a kind spent on a division of categories in a financial year under a duty: the distribution of
-- figures' comparable_pence. Derived.
-- Only bodies count of which all twelve months are held on one VAT basis, undecided ones aside, with a threshold of the duty's
-- or lower: bodies is their number, n that of those that bought any. p25, median, p75 are NULL where n is under 5, p10 and p90
-- under 10: withheld says so. Between two values a quantile is interpolated, and rounded to the penny away from zero.
CREATE TABLE benchmarks (
  kind VARCHAR NOT NULL, financial_year VARCHAR NOT NULL, duty VARCHAR NOT NULL, vat_basis VARCHAR NOT NULL, division VARCHAR NOT NULL,
  bodies BIGINT NOT NULL, n BIGINT NOT NULL, p10_pence BIGINT, p25_pence BIGINT, median_pence BIGINT, p75_pence BIGINT,
  p90_pence BIGINT, withheld VARCHAR NOT NULL);

-- One row: what a body's transactions of a month, duty, VAT basis and scope come to, of at least a floor, either way, whatever the
-- category: floor_pence is 0 or a usual threshold. classified: with a category. Derived.
CREATE TABLE totals (
  body VARCHAR NOT NULL, financial_year VARCHAR NOT NULL, month DATE NOT NULL, duty VARCHAR NOT NULL, vat_basis VARCHAR NOT NULL,
  scope VARCHAR NOT NULL, floor_pence BIGINT NOT NULL, payments BIGINT NOT NULL, pence BIGINT NOT NULL,
  classified_payments BIGINT NOT NULL, classified_pence BIGINT NOT NULL);
