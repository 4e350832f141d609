package main

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// header is the twelve columns of the generated files.
const header = "Department Family,Entity,Date,Expense Type,Expense Area,Supplier,Transaction Number,Amount,Description,Supplier Postcode,VAT Registration Number,Contract Reference"

// generate writes a clean CSV of rows payments in one month: twelve columns,
// amounts log-normal, texts with the repetition that real files have.
func generate(path string, rows int, seed uint64, year, month int) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	w := bufio.NewWriterSize(file, 1<<20)
	r := rand.New(rand.NewPCG(seed, uint64(year*12+month)))
	fmt.Fprintln(w, header)
	for i := range rows {
		supplier := int(20_000 * math.Pow(r.Float64(), 3))
		pence := int64(math.Exp(r.NormFloat64()*1.5+8) * 100)
		if r.IntN(50) == 0 {
			pence = -pence
		}
		fmt.Fprintf(w, "Department of Wexcombe,Wexcombe Agency %d,%02d/%02d/%d,Expense type %d,Cost centre %d,Wexcombe Supplies %d Limited,%d,%.2f,\"Goods, works and services %d\",WX%d %dAB,GB%09d,WX-%d\n",
			r.IntN(8), 1+r.IntN(28), month, year, r.IntN(120), r.IntN(400), supplier, 5_000_000+i, float64(pence)/100,
			r.IntN(9_000), supplier%90, supplier%9, 100_000_000+supplier, r.IntN(2_500))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return file.Close()
}

// publishers writes a PUBLISHERS.csv of n made-up publishers and returns its path.
func publishers(folder string, n int) (string, error) {
	path := filepath.Join(folder, "PUBLISHERS.csv")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	text := "folder,publisher,body_id,sector,body_type,licence\n"
	for i := range n {
		text += fmt.Sprintf("wexcombe-%d,Wexcombe District %d,,central,Made-up department,OGL-UK-3.0\n", i, i)
	}
	return path, os.WriteFile(path, []byte(text), 0o644)
}
