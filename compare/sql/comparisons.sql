-- One row: a month that is held of a body, if only in part, beside the median of the other bodies of its kind that hold it under the same
-- duty on the same VAT basis, or the reason why not. Whole kinds and years are made again, since each body is its peers' peer.
CREATE OR REPLACE TEMP TABLE kinds AS
SELECT body, COALESCE(MIN(NULLIF(kind, '')), '') AS kind FROM publishers GROUP BY body;

CREATE OR REPLACE TEMP TABLE kind_years AS
SELECT DISTINCT COALESCE(k.kind, '') AS kind, s.financial_year FROM slices s LEFT JOIN kinds k ON k.body = s.body;

DELETE FROM comparisons c
WHERE EXISTS (SELECT 1 FROM kind_years y WHERE y.kind = c.kind AND y.financial_year = c.financial_year);

INSERT INTO comparisons
WITH held AS (
  SELECT c.body, c.financial_year, c.month, c.duty, y.kind, c.vat_basis, c.payments, c.pence,
    c.undecided, c.status,
    y.kind <> '' AND c.duty <> 'REPORTED' AND c.payments > 0 AND c.vat_basis <> 'mixed' AND c.undecided = 0 AND c.status = 'held' AS alike
  FROM coverage c
  LEFT JOIN kinds k ON k.body = c.body
  JOIN kind_years y ON y.kind = COALESCE(k.kind, '') AND y.financial_year = c.financial_year
  WHERE c.status IN ('held', 'partial')),
-- Each body has its place by amount among all that are alike, itself included.
ranked AS (
  SELECT *, COUNT(*) OVER (PARTITION BY kind, month, duty, vat_basis, alike) - 1 AS others,
    ROW_NUMBER() OVER (PARTITION BY kind, month, duty, vat_basis, alike ORDER BY pence, body) AS place
  FROM held),
-- With the body left out, those above it move down one place. The median of n is at place k where n <= 2k <= n + 2: the
-- middle one when n is odd, the middle two when it is even. Half a penny is rounded away from zero.
medians AS (
  SELECT b.body, b.month, b.duty,
    CAST(ROUND(CAST(MIN(o.pence) + MAX(o.pence) AS DECIMAL(20, 0)) * CAST(0.5 AS DECIMAL(2, 1)), 0) AS BIGINT) AS median_pence
  FROM ranked b
  JOIN ranked o ON o.kind = b.kind AND o.month = b.month AND o.duty = b.duty AND o.vat_basis = b.vat_basis AND o.alike
    AND o.place <> b.place
    AND 2 * (o.place - CASE WHEN o.place > b.place THEN 1 ELSE 0 END) BETWEEN b.others AND b.others + 2
  WHERE b.alike AND b.others >= :least_peers
  GROUP BY b.body, b.month, b.duty),
months AS (
  SELECT month, CASE EXTRACT(MONTH FROM month)
      WHEN 1 THEN 'January' WHEN 2 THEN 'February' WHEN 3 THEN 'March' WHEN 4 THEN 'April' WHEN 5 THEN 'May'
      WHEN 6 THEN 'June' WHEN 7 THEN 'July' WHEN 8 THEN 'August' WHEN 9 THEN 'September' WHEN 10 THEN 'October'
      WHEN 11 THEN 'November' ELSE 'December' END || ' ' || CAST(EXTRACT(YEAR FROM month) AS VARCHAR) AS name
  FROM calendar)
SELECT r.body, r.financial_year, r.month, r.duty, r.kind, r.vat_basis, r.pence,
  CASE WHEN r.alike THEN r.others ELSE 0 END, d.median_pence,
  CASE
    WHEN d.median_pence IS NOT NULL THEN ''
    WHEN r.payments = 0 THEN 'the files that cover ' || n.name || ' hold no payment dated in it'
    WHEN r.duty = 'REPORTED' THEN 'what others report of a body is not compared'
    WHEN r.kind = '' THEN 'it is not recorded what kind of body this is, so it has no peers'
    WHEN r.vat_basis = 'mixed' THEN 'the payments of ' || n.name || ' mix amounts with and without VAT'
    WHEN r.status = 'partial' THEN 'only part of ' || n.name || ' is held'
    WHEN r.undecided > 0 THEN 'two files that cover ' || n.name || ' repeat some of each other''s payments, and it is not decided which counts'
    ELSE CASE r.others
        WHEN 0 THEN 'no other body'
        WHEN 1 THEN 'only 1 other body'
        ELSE 'only ' || CAST(r.others AS VARCHAR) || ' other bodies' END
      || ' of the kind "' || r.kind || '" published ' || n.name || ' on the same basis; at least '
      || CAST(:least_peers AS VARCHAR) || ' are needed' END
FROM ranked r
JOIN months n ON n.month = r.month
LEFT JOIN medians d ON d.body = r.body AND d.month = r.month AND d.duty = r.duty
ORDER BY r.body, r.month, r.duty;
