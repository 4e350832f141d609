# Writes an XLS from a CSV whose cells say what they are: t text, d a date's
# serial number, n a number.
import csv
import sys

import xlwt

book = xlwt.Workbook()
sheet = book.add_sheet("Payments")
date = xlwt.easyxf(num_format_str="DD/MM/YYYY")
money = xlwt.easyxf(num_format_str="#,##0.00")
with open(sys.argv[1], newline="", encoding="utf-8") as lines:
    for i, cells in enumerate(csv.reader(lines)):
        for j, cell in enumerate(cells):
            if cell[0] == "t":
                sheet.write(i, j, cell[1:])
            elif cell[0] == "d":
                sheet.write(i, j, int(cell[1:]), date)
            else:
                sheet.write(i, j, float(cell[1:]), money)
book.save(sys.argv[2])
