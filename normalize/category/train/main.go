// Command train learns the category model from labelled lines.
//
// What comes in: the path of a CSV of labelled lines. What goes out: model.bin
// and its card, model.json, in the folder named. What it refuses: a file without
// the columns it needs. The same lines give the same bytes.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"commonspend/normalize/category"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: train LINES.csv FOLDER")
		os.Exit(2)
	}
	if err := train(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func train(path, folder string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	lines, err := category.ReadLabelled(bytes.NewReader(text))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	model, err := category.Train(lines)
	if err != nil {
		return err
	}
	if err := model.MeasureByPayee(lines); err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	model.Card.Data = hex.EncodeToString(sum[:])
	var file bytes.Buffer
	if err := model.Write(&file); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "model.bin"), file.Bytes(), 0o644); err != nil {
		return err
	}
	card, err := json.MarshalIndent(model.Card, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "model.json"), append(card, '\n'), 0o644)
}
