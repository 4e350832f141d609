-- One row: a kind of issue in a publisher's files of a financial year (its first calendar year, 0 where no period is known).
SELECT i.kind, COALESCE(CAST(year(f.period_from) - CASE WHEN month(f.period_from) < 4 THEN 1 ELSE 0 END AS BIGINT), 0) AS first_year, count(*)
FROM issues i
JOIN files f ON f.file_no = i.file_no
JOIN publishers p ON p.publisher = f.publisher
WHERE p.slug = :slug AND f.current
GROUP BY i.kind, first_year
ORDER BY i.kind, first_year
