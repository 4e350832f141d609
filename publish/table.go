package publish

import (
	"context"
	"database/sql"
	"fmt"

	"commonspend/store/disk"
)

// tableNames are the tables a release holds whole, in its own folder.
func tableNames() []string {
	return []string{"accounts", "benchmarks", "comparisons", "coverage", "denominators", "files", "publishers",
		"register", "supplier_links", "suppliers", "totals"}
}

// planRest counts what the manifest says of the whole, and who is left out.
func (b *build) planRest(ctx context.Context) error {
	for _, p := range b.next.Partitions {
		if p.Dataset == "payments" {
			b.next.Payments += p.Rows
			b.next.Pence += p.Pence
		}
	}
	conn := b.scope.first()
	err := each(ctx, conn, query("count_standing"), nil, func(rows *sql.Rows) error {
		return rows.Scan(&b.next.Bodies, &b.next.Publishers, &b.next.Files)
	})
	if err != nil {
		return fmt.Errorf("count what stands: %w", err)
	}
	err = each(ctx, conn, query("rules"), nil, func(rows *sql.Rows) error {
		var rules string
		err := rows.Scan(&rules)
		b.next.Rules = append(b.next.Rules, rules)
		return err
	})
	if err != nil {
		return fmt.Errorf("list the rules used: %w", err)
	}
	return each(ctx, conn, query("withheld"), nil, func(rows *sql.Rows) error {
		w := Withheld{Reason: "no licence to republish is recorded"}
		err := rows.Scan(&w.Publisher, &w.Files)
		b.next.Withheld = append(b.next.Withheld, w)
		return err
	})
}

// writeTables writes the release's own Parquet files.
func (b *build) writeTables(ctx context.Context) error {
	for _, name := range tableNames() {
		table, err := b.writeTable(ctx, name)
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		b.next.Tables = append(b.next.Tables, table)
		b.step(name)
	}
	return nil
}

func (b *build) writeTable(ctx context.Context, name string) (Table, error) {
	path := b.file(name + ".parquet")
	if err := writeParquet(ctx, b.scope.first(), query("table_"+name), nil, path); err != nil {
		return Table{}, err
	}
	table := Table{Name: name}
	var err error
	if table.SHA256, table.Bytes, err = HashFile(path); err != nil {
		return table, err
	}
	if table.Rows, _, err = measure(ctx, b.scope.first(), name, path); err != nil {
		return table, err
	}
	return table, disk.Sync(path)
}
