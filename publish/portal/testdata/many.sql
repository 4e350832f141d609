-- Adds to serve.sql enough of everything for lists of several pages. Several bodies share one name.
INSERT INTO bodies SELECT 'XX-M-' || n, 'Many ' || n // 3, 'other', '', 'm' || n, 'OGL-UK-3.0', 'Contains public sector information', 'many-' || n FROM range(1, 251) t(n);
INSERT INTO publishers SELECT publisher, name, body, sector, kind, 'OTHER', 0, licence, attribution, slug FROM bodies WHERE sector = 'other';
INSERT INTO downloads SELECT 'payments', 'm' || n, '2023/24', 'objects/aa/m' || n, sha256('m' || n), 7, 1 FROM range(1, 251) t(n);
INSERT INTO downloads SELECT 'issues', 'm1', CAST(1890 + n AS VARCHAR) || '/' || right(CAST(1891 + n AS VARCHAR), 2), 'objects/aa/i' || n, sha256('i' || n), 7, 1 FROM range(1, 130) t(n);
INSERT INTO coverage SELECT 'XX-M-' || n, '2023/24', DATE '2023-04-01' + to_months(CAST(m AS INTEGER)), d, 'held', 1, 0, 1, 100, 0, 'unknown'
FROM range(1, 251) t(n), range(0, 12) u(m), (VALUES ('LGTC500'), ('CARD'), ('OTHER')) v(d);
INSERT INTO files SELECT 5000 + n, sha256('many' || n), 'm1', 'XX-M-1', 'many ' || n || '.csv', '', 5, TIMESTAMP '2024-07-02 10:00:00', 'load', '', 'OTHER', DATE '2023-04-01', DATE '2023-04-30', 'name', NULL, true FROM range(1, 251) t(n);
