-- The tables by which pages search that are kept from release to release, each empty. Numbers (body_no, supplier_no, payee_id,
-- text_id, slice_no) hold within one release only: they keep the tables small and sorted.
-- A payee who may be a private person, and one that the publisher redacted without saying why, is never in a table of words,
-- names or suppliers, and neither are the texts beside it.

-- The words of a text, folded: lower case, no accents, no apostrophes; each once.
CREATE OR REPLACE MACRO serving.words(t) AS
  list_distinct(regexp_extract_all(lower(strip_accents(replace(replace(t, '''', ''), chr(8217), ''))), '[\p{L}\p{N}]+'));
-- A payment's place as one number, in the order of file, sheet and row: the least of many is found faster than by three.
CREATE OR REPLACE MACRO serving.place_of(f, s, r) AS CAST(f AS HUGEINT) * 18446744073709551616 + CAST(s AS HUGEINT) * 4294967296 + CAST(r AS HUGEINT);
-- One row: a slice of the release, the files of a publisher and financial year, which is replaced as a whole.
CREATE TABLE serving.search_slices (slice_no INTEGER, publisher VARCHAR, financial_year VARCHAR);
-- One row: a body that published payments are counted under, by number, with its region where the register has it.
CREATE TABLE serving.search_bodies (body_no INTEGER, body VARCHAR, name VARCHAR, slug VARCHAR, sector VARCHAR, kind VARCHAR, region VARCHAR);
-- One row: a supplier that may have a page, and what it was paid.
CREATE TABLE serving.search_suppliers (
  supplier_no INTEGER, supplier VARCHAR, name VARCHAR, kind VARCHAR, body VARCHAR, company_number VARCHAR, charity_number VARCHAR,
  payments BIGINT, pence BIGINT, bodies BIGINT, payees BIGINT, first DATE, last DATE);
-- One row: a distinct payee, an organisation, as published; supplier_no is 0 where its supplier is left open. supplier_pence:
-- what its supplier was paid, or it itself where that is left open.
CREATE TABLE serving.search_payees (
  payee_id INTEGER, payee VARCHAR, supplier_no INTEGER, payments BIGINT, pence BIGINT, bodies BIGINT, last DATE, supplier_pence BIGINT);
-- One row: a distinct pair of the publisher's expense type and description.
CREATE TABLE serving.search_texts (text_id INTEGER, expense_type VARCHAR, description VARCHAR, payments BIGINT);
-- One row: a word of a payee's or its supplier's name.
CREATE TABLE serving.search_payee_words (word VARCHAR, payee_id INTEGER);
-- One row: a word of an expense type or description.
CREATE TABLE serving.search_text_words (word VARCHAR, text_id INTEGER);
-- One row: a published payment, as a search narrows it. counted is the day it counts under: its own date, or the first of
-- its file's period where that is not to be believed, or 1900-01-01 where neither is known. cpv is a CPV code without its
-- check digit, 0 for none. Sorted by body; three further copies follow, sorted by payee, by text, and the latest first.
CREATE TABLE serving.search_by_body (
  body_no INTEGER, payee_id INTEGER, supplier_no INTEGER, text_id INTEGER, counted DATE, pence BIGINT, scope VARCHAR, cpv INTEGER,
  payee_class VARCHAR, file_no INTEGER, sheet_no INTEGER, row INTEGER);
CREATE TABLE serving.search_by_payee AS FROM serving.search_by_body;
CREATE TABLE serving.search_by_text AS FROM serving.search_by_body;
CREATE TABLE serving.search_by_date AS FROM serving.search_by_body;
-- One row: what a body paid a payee, with one text beside it, in a financial year (its first calendar year) under a scope and
-- category, by the slice that says so; days are the first and last it counts under.
CREATE TABLE serving.search_sums (
  payee_id INTEGER, supplier_no INTEGER, text_id INTEGER, body_no INTEGER, first_year INTEGER, scope VARCHAR, cpv INTEGER, slice_no INTEGER,
  payments BIGINT, pence BIGINT, first DATE, last DATE);
-- One row: what a body paid in a month under a scope and category, by slice: the totals of searches without words.
CREATE TABLE serving.search_totals (body_no INTEGER, counted DATE, scope VARCHAR, cpv INTEGER, slice_no INTEGER, payments BIGINT, pence BIGINT);
-- One row: the judgement of scope and category that published payments rest on, with what hangs on it and its first payment.
CREATE TABLE serving.line_judgements (
  line_hash BIGINT, scope VARCHAR, category VARCHAR, likely VARCHAR, confidence DECIMAL(4, 3), method VARCHAR, reason VARCHAR, version VARCHAR,
  payments BIGINT, stake BIGINT, file_no INTEGER, sheet_no INTEGER, row INTEGER);
-- One row: the judgement of the supplier that published payments rest on, with what hangs on it and its first payment.
CREATE TABLE serving.payee_judgements (
  payee_hash BIGINT, supplier VARCHAR, confidence DECIMAL(4, 3), method VARCHAR, reason VARCHAR, version VARCHAR,
  payments BIGINT, stake BIGINT, file_no INTEGER, sheet_no INTEGER, row INTEGER);
-- One row: a judgement of which the payments that rest on it have changed, or it has itself.
CREATE OR REPLACE TEMP TABLE touched_lines (line_hash BIGINT);
CREATE OR REPLACE TEMP TABLE touched_payees (payee_hash BIGINT)
