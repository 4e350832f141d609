package publish

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"testing"
	"time"

	"commonspend/schemas"
)

func TestScratch(t *testing.T) {
	ctx := context.Background()
	path := "/tmp/pubbench/warehouse.duckdb"
	_, err := os.Stat(path)
	os.MkdirAll("/tmp/pubbench", 0o755)
	db, _ := sql.Open("duckdb", path+"?memory_limit=1GB&storage_compatibility_version=latest&threads=4")
	defer db.Close()
	m := &made{t: t, db: db, dir: "/tmp/pubbench"}
	if err != nil {
		m.run(schemas.WarehouseSQL)
		m.generate(4800)
	}
	s, err := openScope(ctx, db, []byte("0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	c := s.first()
	show := func(q string) {
		for range 2 {
			st := time.Now()
			rows, err := c.QueryContext(ctx, "EXPLAIN ANALYZE "+q)
			if err != nil {
				t.Fatal(err)
			}
			for rows.Next() {
				var a, b string
				rows.Scan(&a, &b)
				if os.Getenv("PLAN") != "" {
					fmt.Println(b)
				}
			}
			rows.Close()
			fmt.Println(time.Since(st))
		}
	}
	v := map[string]any{"owner": "p-007", "year": "2016/17"}
	_ = v
	show("SELECT count(*) FROM (SELECT * FROM published_payments WHERE file_no IN (SELECT file_no FROM standing WHERE publisher = 'p-007' AND financial_year = '2016/17') ORDER BY file_no, sheet_no, row)")
	os.Setenv("PLAN", "")
	show("COPY (SELECT * FROM published_payments WHERE file_no IN (SELECT file_no FROM standing WHERE publisher = 'p-007' AND financial_year = '2016/17') ORDER BY file_no, sheet_no, row) TO '/tmp/pubbench/a.parquet' (FORMAT parquet, COMPRESSION zstd)")
	show("COPY (SELECT * FROM published_payments WHERE file_no IN (7, 207, 407, 607, 807, 1007, 1207, 1407, 1607, 1807, 2007, 2207) ORDER BY file_no, sheet_no, row) TO '/tmp/pubbench/b.parquet' (FORMAT parquet, COMPRESSION zstd)")
	show("COPY (SELECT * FROM published_payments WHERE publisher = 'p-007' AND financial_year = '2016/17' ORDER BY file_no, sheet_no, row) TO '/tmp/pubbench/b.parquet' (FORMAT parquet, COMPRESSION zstd)")
	show("COPY (SELECT * FROM payments WHERE file_no IN (7, 207, 407, 607, 807, 1007, 1207, 1407, 1607, 1807, 2007, 2207) ORDER BY file_no, sheet_no, row) TO '/tmp/pubbench/b.parquet' (FORMAT parquet, COMPRESSION zstd)")
	show("COPY (SELECT * FROM payments WHERE file_no IN (7, 207, 407, 607, 807, 1007, 1207, 1407, 1607, 1807, 2007, 2207) ) TO '/tmp/pubbench/b.parquet' (FORMAT parquet, COMPRESSION zstd)")
	show("SELECT count(*), sum(length(description)) FROM payments WHERE file_no IN (7, 207, 407, 607, 807, 1007, 1207, 1407, 1607, 1807, 2007, 2207) ")
	show("SELECT count(*) FROM (SELECT * FROM published_payments WHERE file_no IN (7, 207, 407, 607, 807, 1007, 1207, 1407, 1607, 1807, 2007, 2207) ORDER BY file_no, sheet_no, row)")
	show("SELECT columns(*) FROM published_payments WHERE file_no IN (7, 207, 407, 607, 807, 1007, 1207, 1407, 1607, 1807, 2007, 2207) ORDER BY file_no, sheet_no, row")
}
