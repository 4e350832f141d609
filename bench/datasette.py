"""Makes an SQLite database of the payments in a CSV, as Datasette serves it: with full-text search over payees and texts, and an
index for each page that is read. Arguments: the CSV, the database."""
import csv
import os
import sqlite3
import sys

source, path = sys.argv[1:]
db = sqlite3.connect(path + ".part")
db.executescript("""
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000;
CREATE TABLE payments (id INTEGER PRIMARY KEY, file TEXT, row INTEGER, body TEXT, name TEXT, region TEXT, year TEXT, date TEXT,
  amount_pence INTEGER, payee TEXT, supplier TEXT, supplier_name TEXT, expense_type TEXT, description TEXT, scope TEXT, cpv TEXT);
""")
with open(source, newline="", encoding="utf-8") as file:
    rows = csv.reader(file)
    next(rows)
    db.executemany("INSERT INTO payments VALUES (" + ",".join("?" * 16) + ")", rows)
db.executescript("""
CREATE INDEX by_body ON payments (body, date); CREATE INDEX by_supplier ON payments (supplier, date); CREATE INDEX by_cpv ON payments (cpv, date);
CREATE INDEX by_file ON payments (file, row); CREATE INDEX by_year ON payments (year, date); CREATE INDEX by_region ON payments (region, year, cpv);
CREATE INDEX by_date ON payments (date);
CREATE VIRTUAL TABLE payments_fts USING fts5 (payee, supplier_name, expense_type, description, content='payments', content_rowid='id', prefix='4');
INSERT INTO payments_fts (payments_fts) VALUES ('rebuild');
ANALYZE;
""")
db.commit()
db.close()
os.rename(path + ".part", path)
