-- One row: a body, duty and financial year above £1 million whose total over the months that both releases hold moved
-- by more than half. A month that only one release holds tells nothing about a jump; one that was asked to change is left aside.
SELECT coalesce(b.name, l.body) AS name, l.duty, l.financial_year,
  CAST(sum(l.pence) AS BIGINT) AS last_pence, CAST(sum(n.pence) AS BIGINT) AS next_pence
FROM read_parquet(:last) l
JOIN read_parquet(:next) n ON n.body = l.body AND n.month = l.month AND n.duty = l.duty AND n.status = 'held'
LEFT JOIN asked_months a ON a.body = l.body AND a.month = l.month AND a.duty = l.duty
LEFT JOIN (SELECT body, min(name) AS name FROM publishers GROUP BY body) b ON b.body = l.body
WHERE l.status = 'held' AND a.body IS NULL
GROUP BY l.body, b.name, l.duty, l.financial_year
HAVING 2 * abs(sum(n.pence) - sum(l.pence)) > abs(sum(l.pence))
  AND greatest(abs(sum(l.pence)), abs(sum(n.pence))) > 100000000
ORDER BY l.body, l.duty, l.financial_year
