-- One row: how many lines of the register hold a postcode of a body.
SELECT COUNT(*) AS lines FROM register WHERE body = :body AND postcode <> ''
