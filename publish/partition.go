package publish

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"commonspend/schemas"
	"commonspend/store/disk"

	"golang.org/x/sync/errgroup"
)

// datasets are published a partition at a time, in this order.
func datasets() []string { return []string{"payments", "issues", "figures"} }

// plan lists the partitions of the release with their fingerprints, and counts
// what there is to write.
func (b *build) plan(ctx context.Context) error {
	for _, dataset := range datasets() {
		if err := b.planDataset(ctx, dataset); err != nil {
			return fmt.Errorf("plan %s: %w", dataset, err)
		}
	}
	for i := range b.next.Partitions {
		b.reuse(&b.next.Partitions[i])
	}
	b.todo = b.changed()
	return b.planRest(ctx)
}

// planDataset reads what decides each partition's bytes, never the payments.
func (b *build) planDataset(ctx context.Context, dataset string) error {
	var current *Partition
	digest := sha256.New()
	flush := func() {
		if current != nil && current.Rows > 0 {
			current.Fingerprint = hex.EncodeToString(digest.Sum(nil))
			b.next.Partitions = append(b.next.Partitions, *current)
		}
	}
	err := each(ctx, b.scope.first(), query("plan_"+dataset), nil, func(rows *sql.Rows) error {
		p := Partition{Dataset: dataset}
		var evidence string
		if err := rows.Scan(&p.Publisher, &p.Body, &p.FinancialYear, &evidence, &p.Rows, &p.Pence); err != nil {
			return err
		}
		if current == nil || current.place() != p.place() {
			flush()
			current = &p
			digest.Reset()
			fmt.Fprintf(digest, "%s\n%s\n%s\n", dataset, datasetSchema(dataset), secretID(b.opts.Secret))
		} else {
			current.add(p)
		}
		fmt.Fprintf(digest, "%s\n", evidence)
		return nil
	})
	flush()
	return err
}

// add counts another file into a partition.
func (p *Partition) add(file Partition) {
	p.Rows += file.Rows
	p.Pence += file.Pence
	if p.Body != file.Body {
		p.Body = "" // several: the rows say which
	}
}

// datasetSchema changes whenever what is written of a dataset changes.
func datasetSchema(dataset string) string {
	digest := sha256.New()
	for _, name := range []string{"scope_standing", "scope_titled", "scope_sheets", "scope_payments", "scope_issues", "scope_named", "scope_figures", "copy_" + dataset} {
		if dataset == "payments" && slices.Contains([]string{"scope_issues", "scope_named", "scope_figures"}, name) {
			continue
		}
		io.WriteString(digest, query(name))
	}
	return hex.EncodeToString(digest.Sum(nil))
}

// secretID tells one secret from another and tells nothing of either.
func secretID(secret []byte) string {
	sum := sha256.Sum256(append([]byte("commonspend: which secret\x1f"), secret...))
	return hex.EncodeToString(sum[:])
}

// reuse takes over the object of the last release's same partition, if nothing
// that decides its bytes changed and the object still has the bytes it had.
func (b *build) reuse(p *Partition) {
	old, ok := b.lastPartitions[p.place()]
	if !ok || old.Fingerprint != p.Fingerprint {
		return
	}
	if sha, _, err := HashFile(b.last.Object(old)); err == nil && sha == old.Object {
		*p = old
	}
}

// writePartitions writes each partition that cannot be reused, on all of the
// scope's connections at once.
func (b *build) writePartitions(ctx context.Context) error {
	pool := make(chan *sql.Conn, len(b.scope.conns))
	for _, conn := range b.scope.conns {
		if err := b.listNames(ctx, conn); err != nil {
			return fmt.Errorf("list the names that may be shown: %w", err)
		}
		pool <- conn
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(cap(pool))
	var lock sync.Mutex
	for i := range b.next.Partitions {
		if b.next.Partitions[i].Object != "" {
			continue
		}
		group.Go(func() error {
			conn := <-pool
			defer func() { pool <- conn }()
			if err := b.writePartition(ctx, conn, i); err != nil {
				return err
			}
			lock.Lock()
			defer lock.Unlock()
			b.wrote(i)
			return nil
		})
	}
	return group.Wait()
}

// listNames makes the table of what figures may show on a connection, for the
// bodies whose figures are to be written.
func (b *build) listNames(ctx context.Context, conn *sql.Conn) error {
	if err := listReplaced(ctx, conn, b.todo); err != nil {
		return err
	}
	for _, name := range []string{"scope_named", "scope_figures"} {
		if _, err := conn.ExecContext(ctx, query(name)); err != nil {
			return err
		}
	}
	return nil
}

// wrote notes that partition i lies aside.
func (b *build) wrote(i int) {
	p := b.next.Partitions[i]
	b.fresh[p.Object] = b.asideObject(i)
	b.step(p.Dataset + " " + p.owner() + " " + p.FinancialYear)
}

// asideObject is where partition i lies until it is placed.
func (b *build) asideObject(i int) string {
	return filepath.Join(b.aside, "objects", fmt.Sprintf("%06d.parquet", i))
}

// writePartition writes, measures and hashes partition i.
func (b *build) writePartition(ctx context.Context, conn *sql.Conn, i int) error {
	p := &b.next.Partitions[i]
	path := b.asideObject(i)
	values := map[string]any{"owner": p.owner(), "year": p.FinancialYear}
	err := writeParquet(ctx, conn, query("copy_"+p.Dataset), values, path)
	if err == nil {
		p.Object, p.Bytes, err = HashFile(path)
	}
	var rows int64
	var pence schemas.Amount
	if err == nil {
		rows, pence, err = measure(ctx, conn, p.Dataset, path)
	}
	if err == nil && p.Dataset == "payments" && (rows != p.Rows || pence != p.Pence) {
		err = fmt.Errorf("its files' accounts give %d payments and %s, its rows %d and %s; run `commonspend rebuild`",
			p.Rows, p.Pence.Pounds(), rows, pence.Pounds())
	}
	if err != nil {
		return fmt.Errorf("write %s of %s, %s: %w", p.Dataset, p.owner(), p.FinancialYear, err)
	}
	p.Rows, p.Pence = rows, pence
	return disk.Sync(path)
}

// writeParquet writes a query's rows, in its order.
func writeParquet(ctx context.Context, conn *sql.Conn, text string, values map[string]any, path string) error {
	return execute(ctx, conn, "COPY (\n"+text+") TO "+literal(path)+" (FORMAT parquet, COMPRESSION zstd)", values)
}

// measure counts the rows of a Parquet file and adds up their pence.
func measure(ctx context.Context, conn *sql.Conn, dataset, path string) (rows int64, pence schemas.Amount, err error) {
	name := "measure_rows"
	if dataset == "payments" || dataset == "figures" {
		name = "measure_" + dataset
	}
	err = each(ctx, conn, query(name), map[string]any{"path": path}, func(r *sql.Rows) error { return r.Scan(&rows, &pence) })
	return rows, pence, err
}

// HashFile returns the SHA-256 and length of a file.
func HashFile(path string) (sha string, bytes int64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer file.Close()
	digest := sha256.New()
	bytes, err = io.CopyBuffer(struct{ io.Writer }{digest}, file, make([]byte, 1<<20))
	return hex.EncodeToString(digest.Sum(nil)), bytes, err
}
