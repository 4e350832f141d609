-- One row: a public body of the register, with the dates between which it was that body.
SELECT body, name, kind, tier, gss, region, nation, valid_from, valid_to, succeeded_by, postcode, parent, source
FROM register
ORDER BY body, valid_from
