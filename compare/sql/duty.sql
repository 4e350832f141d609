-- One row: a duty of the code list.
INSERT INTO duties VALUES (:duty, :place, :floor_pence)
