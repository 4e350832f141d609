-- One row: an issue of a standing file. What was published in the cell is repeated only for a date or an amount, only
-- where it reads like one, and never beside a payment whose text is held back. A change of layout names headers, which
-- accounts publish too.
CREATE OR REPLACE TEMP VIEW published_issues AS
SELECT i.file_no, i.sheet_no, i.row, i.column_no, i.field, i.kind,
  CASE WHEN i.kind = 'layout_changed' THEN i.value
    WHEN i.field IN ('date', 'amount')
        AND NOT coalesce(p.text_withheld OR p.payee_class NOT IN ('organisation', 'redacted-commercial', 'redacted', 'missing'), false)
        AND (regexp_matches(i.value, '[0-9]') OR NOT regexp_matches(i.value, '\p{L}'))
        AND regexp_full_match(lower(i.value),
          '([^\p{L}]|[0-9][tez]|[tpq][0-9]|e[-+]?[0-9]|jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?|mon(day)?|tues?(day)?|wed(nesday)?|thu(rs)?(day)?|fri(day)?|sat(urday)?|sun(day)?|st|nd|rd|th|cr|dr|gbp|usd|eur|am|pm)*')
    THEN i.value ELSE '' END AS value
FROM issues i
JOIN standing s ON s.file_no = i.file_no
LEFT JOIN payments p ON p.file_no = i.file_no AND p.sheet_no = i.sheet_no AND p.row = i.row
