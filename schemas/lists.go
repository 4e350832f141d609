package schemas

import (
	"crypto/sha256"
	"embed"
	"encoding/csv"
	"encoding/hex"
	"fmt"
)

//go:embed codelists/*.csv
var codelists embed.FS

// WarehouseSQL creates the warehouse's tables; each says what one row is.
//
//go:embed sql/warehouse.sql
var WarehouseSQL string

// Codelist reads an embedded code list by its name ("fields", "issue_kinds",
// "duties"): one map from column to cell for each line, in the list's order.
// An unknown name is a mistake in the program, and an error.
func Codelist(name string) ([]map[string]string, error) {
	file, err := codelists.Open("codelists/" + name + ".csv")
	if err != nil {
		return nil, fmt.Errorf("code list %s: %w", name, err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("code list %s: %w", name, err)
	}
	list := make([]map[string]string, 0, len(lines)-1)
	for _, line := range lines[1:] {
		entry := make(map[string]string, len(line))
		for i, cell := range line {
			entry[lines[0][i]] = cell
		}
		list = append(list, entry)
	}
	return list, nil
}

// WarehouseVersion names the tables of WarehouseSQL: eight hex digits that
// change whenever their text does.
func WarehouseVersion() string {
	sum := sha256.Sum256([]byte(WarehouseSQL))
	return hex.EncodeToString(sum[:4])
}
