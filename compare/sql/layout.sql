-- One row: a layout that a publisher's standing files use under a duty.
INSERT INTO layouts VALUES (:publisher, :duty, :layout, :columns, :files, :first, :last)
