package main

import (
	_ "embed" // the Python scripts
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"commonspend/ingest"
	"commonspend/schemas"

	"github.com/xuri/excelize/v2" // the peer
)

// The Python packages, as they are published, by exact versions.
const (
	calamineVersion = "0.9.1"
	xlwtVersion     = "1.3.0"
)

// calamineScript reads the workbook it is given.
//
//go:embed calamine.py
var calamineScript string

// pythonTools returns a Python that has python-calamine and xlwt, in a folder
// git ignores; it is set up on the first run.
func pythonTools() (python string, err error) {
	folder, err := filepath.Abs(filepath.Join("bench", "tools", "python"))
	if err != nil {
		return "", err
	}
	python = filepath.Join(folder, "bin", "python")
	ready := filepath.Join(folder, "calamine-"+calamineVersion)
	if _, err := os.Stat(ready); err == nil {
		return python, nil
	}
	if _, err := command("python3", nil, "-m", "venv", "--clear", folder); err != nil {
		return "", fmt.Errorf("set up Python (Debian: apt-get install python3-venv): %w", err)
	}
	if _, err := command(python, nil, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
		"python-calamine=="+calamineVersion, "xlwt=="+xlwtVersion); err != nil {
		return "", fmt.Errorf("install python-calamine: %w", err)
	}
	return python, os.WriteFile(ready, nil, 0o644)
}

// sheetRead is what a reader tells of a workbook's first sheet.
type sheetRead struct {
	Rows    int     `json:"rows"`
	Width   int     `json:"width"` // of the last row
	Seconds float64 `json:"seconds"`
}

// readSheet is the process of one reader in Go: it reads the first sheet to its
// end and prints how that went.
func readSheet(who, path string) error {
	read := sheetRead{}
	began := time.Now()
	err := errors.New("no such reader")
	switch who {
	case "commonspend":
		err = read.commonspend(path)
	case "excelize":
		err = read.excelize(path)
	}
	if err != nil {
		return fmt.Errorf("%s: %s: %w", who, path, err)
	}
	read.Seconds = time.Since(began).Seconds()
	return json.NewEncoder(os.Stdout).Encode(read)
}

func (s *sheetRead) commonspend(path string) error {
	file, err := ingest.Open(path, "", ingest.Limits{})
	if err != nil {
		return err
	}
	defer file.Close()
	s.Rows, err = file.Sheets[0].Rows(func(rows []schemas.Row) error {
		s.Width = len(rows[len(rows)-1].Cells)
		return nil
	})
	return err
}

func (s *sheetRead) excelize(path string) error {
	file, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	defer file.Close()
	rows, err := file.Rows(file.GetSheetName(0))
	if err != nil {
		return err
	}
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		s.Rows, s.Width = s.Rows+1, len(cells)
	}
	return rows.Close()
}
