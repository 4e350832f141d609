# Reads the first sheet of a workbook to its end and prints how that went.
import json
import sys
import time

from python_calamine import CalamineWorkbook

began = time.perf_counter()
rows, row = 0, []
for row in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows():
    rows += 1
print(json.dumps({"rows": rows, "width": len(row), "seconds": time.perf_counter() - began}))
