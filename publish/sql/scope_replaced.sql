-- One row: a slice of serve.duckdb that is replaced: owner is a publisher, or for figures a body.
CREATE OR REPLACE TEMP TABLE replaced (dataset VARCHAR, owner VARCHAR, financial_year VARCHAR)
