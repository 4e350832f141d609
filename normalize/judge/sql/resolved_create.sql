-- One row: what a payee is held to be now.
CREATE OR REPLACE TEMP TABLE resolved (
  payee_hash BIGINT, supplier VARCHAR, confidence DOUBLE, method VARCHAR, reason VARCHAR, version VARCHAR);
