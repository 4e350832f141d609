-- One row: a file that was loaded, changed or withdrawn.
INSERT INTO touched VALUES (:file_no)
