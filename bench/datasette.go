package main

import (
	"database/sql"
	_ "embed"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// datasetteVersion is the peer that pages are measured beside.
const datasetteVersion = "0.65.1"

// datasetteScript makes the database that Datasette serves.
//
//go:embed datasette.py
var datasetteScript string

// payments as Datasette's one table has them.
const datasetteRows = `SELECT row_number() OVER (ORDER BY p.file_no, p.sheet_no, p.row) AS id, f.file, p.row, b.slug, b.name, b.region, p.financial_year, p.date, p.amount,
	p.payee, p.supplier, p.supplier_name, p.expense_type, p.description, p.scope, p.cpv
	FROM payments p JOIN files f ON f.file_no = p.file_no JOIN search_bodies b ON b.body = p.body ORDER BY id`

// datasetteTools returns a Python that has Datasette, in a folder git ignores;
// it is set up on the first run.
func datasetteTools() (python string, err error) {
	folder, err := filepath.Abs(filepath.Join("bench", "tools", "datasette"))
	if err != nil {
		return "", err
	}
	python = filepath.Join(folder, "bin", "python")
	ready := filepath.Join(folder, "datasette-"+datasetteVersion)
	if _, err := os.Stat(ready); err == nil {
		return python, nil
	}
	if _, err := command("python3", nil, "-m", "venv", "--clear", folder); err != nil {
		return "", fmt.Errorf("set up Python (Debian: apt-get install python3-venv): %w", err)
	}
	if _, err := command(python, nil, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "datasette=="+datasetteVersion); err != nil {
		return "", fmt.Errorf("install Datasette: %w", err)
	}
	return python, os.WriteFile(ready, nil, 0o644)
}

// makeDatasette writes the payments of a release into SQLite, beside it, unless
// they are there already.
func (b *run) makeDatasette(python, release string) (string, error) {
	path := filepath.Join(filepath.Dir(release), "spend.db")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	db, err := sql.Open("duckdb", release+"?access_mode=read_only&memory_limit=4GB")
	if err != nil {
		return "", err
	}
	defer db.Close()
	list := filepath.Join(b.folder, "payments.csv")
	defer os.Remove(list)
	if _, err := db.Exec("COPY (" + datasetteRows + ") TO '" + list + "' (FORMAT csv, HEADER)"); err != nil {
		return "", err
	}
	_, err = command(python, nil, "-c", datasetteScript, list, path)
	return path, err
}

// readDatasette starts Datasette, its files out of the machine's memory, and
// reads the same pages.
func (b *run) readDatasette(release string, drawn []drawing) (all []reading, err error) {
	python, err := datasetteTools()
	if err != nil {
		return nil, err
	}
	path, err := b.makeDatasette(python, release)
	if err != nil {
		return nil, err
	}
	for _, readers := range portalReaders {
		if err := forget(path); err != nil {
			return nil, err
		}
		address, err := freeAddress()
		if err != nil {
			return nil, err
		}
		_, port, _ := net.SplitHostPort(address)
		s, err := pinned(python, "-m", "datasette", "serve", path, "--port", port, "--setting", "sql_time_limit_ms", "60000", "--setting", "facet_time_limit_ms", "60000",
			"--setting", "num_sql_threads", "8", "--setting", "suggest_facets", "off", "--setting", "default_page_size", "25")
		if err != nil {
			return nil, err
		}
		if err = answers("http://" + address); err == nil {
			all = append(all, s.read("http://"+address, readers, drawn, func(d drawing) string { return d.theirs }))
		}
		s.stop()
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// freeAddress is one on this machine at which nobody answers.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

// answers waits until a server does.
func answers(address string) (err error) {
	for range 100 {
		var answer *http.Response
		if answer, err = http.Get(address); err == nil {
			return answer.Body.Close()
		}
		time.Sleep(200 * time.Millisecond)
	}
	return err
}
