ORDER BY facet, counted DESC, file_no DESC, sheet_no DESC, row DESC, pence DESC, number, word
