-- One row: a file whose layout is not among those of the files before it.
INSERT INTO issues VALUES (:file_no, :sheet_no, :row, 0, '', 'layout_changed', :value)
