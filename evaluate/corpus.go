package main

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2"
)

// corpusFolder holds a folder of real files for each publisher.
var corpusFolder = filepath.Join("..", "shared", "data", "corpus")

//go:embed corpus_shares.sql
var corpusShares string

const corpusHeading = `## The corpus

` + "`go run -tags duckdb_arrow ./evaluate corpus [-data DIRECTORY]`" + ` reads the warehouse of a data directory;
without one it takes in ../shared/data/corpus anew. Payments of files that no other replaces; pounds
are absolute, so that refunds do not hide what they take back. With a supplier: of payments to
organisations, those whose payee has an identity. With a category: of procurement. How many have an
answer is not how many answers are right: for that see the sections above and the payees below.

`

// evaluateCorpus takes the corpus in and says how much of it is judged.
func evaluateCorpus() (string, error) { return corpusSection(nil) }

// corpusSection says how much of a data directory's payments is judged, and
// what is made of its largest payees.
func corpusSection(args []string) (string, error) {
	flags := flag.NewFlagSet("corpus", flag.ContinueOnError)
	data := flags.String("data", "", "a data directory; without one the corpus is taken in anew")
	if err := flags.Parse(args); err != nil {
		return "", err
	}
	if *data == "" {
		if _, err := os.Stat(corpusFolder); errors.Is(err, fs.ErrNotExist) {
			return corpusHeading + "Not measured: ../shared/data/corpus is absent.\n", nil
		}
		folder, err := takeInCorpus()
		defer os.RemoveAll(folder)
		if err != nil {
			return "", err
		}
		*data = folder
	}
	return corpusText(filepath.Join(*data, "warehouse.duckdb"))
}

func writeCorpus(args []string) error {
	text, err := corpusSection(args)
	if err == nil {
		fmt.Print(text)
	}
	return err
}

// takeInCorpus makes a data directory of the corpus, judged.
func takeInCorpus() (string, error) {
	folder, err := os.MkdirTemp("", "corpus")
	if err != nil {
		return "", err
	}
	run := []string{"run", "-tags", "duckdb_arrow", ".", "--data", folder}
	take := exec.Command("go", append(run, "ingest", corpusFolder)...)
	take.Stderr = os.Stderr
	// Files that hold no payments are refused: that alone is no failure.
	var refused *exec.ExitError
	if err := take.Run(); err != nil && !errors.As(err, &refused) {
		return folder, err
	}
	judge := exec.Command("go", append(run, "compare")...)
	judge.Stderr = os.Stderr
	return folder, judge.Run()
}

func corpusText(warehouse string) (string, error) {
	db, err := sql.Open("duckdb", warehouse+"?access_mode=READ_ONLY")
	if err != nil {
		return "", err
	}
	defer db.Close()
	ctx := context.Background()
	var out strings.Builder
	out.WriteString(corpusHeading)
	if err := writeShares(ctx, db, &out); err != nil {
		return "", err
	}
	err = writeLargest(ctx, db, &out)
	return out.String(), err
}

// writeShares writes a line for each kind of body.
func writeShares(ctx context.Context, db *sql.DB, out *strings.Builder) error {
	rows, err := db.QueryContext(ctx, corpusShares)
	if err != nil {
		return err
	}
	defer rows.Close()
	out.WriteString("| kind of body | payments | pounds (m) | with a body | scope | supplier | category |\n|---|---|---|---|---|---|---|\n")
	for rows.Next() {
		var kind string
		// Numbers of payments and pence: all, with a body, with a scope, to organisations and with a supplier, of procurement and with a category.
		var n, p [7]int64
		if err := rows.Scan(&kind, &n[0], &p[0], &n[1], &p[1], &n[2], &p[2], &n[3], &p[3], &n[4], &p[4], &n[5], &p[5], &n[6], &p[6]); err != nil {
			return err
		}
		fmt.Fprintf(out, "| %s | %d | %d | %s | %s | %s | %s |\n", kind, n[0], p[0]/100_000_000,
			both(n[1], n[0], p[1], p[0]), both(n[2], n[0], p[2], p[0]), both(n[4], n[3], p[4], p[3]), both(n[6], n[5], p[6], p[5]))
	}
	out.WriteString("\nThe first share is of payments, the second of pounds.\n\n")
	return rows.Err()
}

// both gives a share of payments and one of pounds.
func both(n, ofN, p, ofP int64) string {
	if ofN == 0 || ofP == 0 {
		return "none"
	}
	return fmt.Sprintf("%.1f %%, %.1f %%", 100*float64(n)/float64(ofN), 100*float64(p)/float64(ofP))
}
