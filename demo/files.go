package demo

import (
	"encoding/csv"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"commonspend/schemas"
)

// Published is one file as its publisher posts it.
type Published struct {
	Publisher string
	Path      string // of its address, from the first "/", escaped
	Name      string // of the file, not escaped
	Bytes     []byte
	Period    schemas.Period
	Edition   int // 1 is the first, 2 a resubmission that replaces it whole
	Quirks    []string
}

// Files writes every file of the world: by publisher, then month, then edition,
// a year's roll-up after its last month. Months that are missing have none.
func (w *World) Files() []Published {
	var all []Published
	for _, b := range w.bodies {
		for n := b.first - 1; n < b.last; n++ {
			slot := Slot{Publisher: b.ID, Month: monthAt(n)}
			made, ok := w.slots[slot]
			switch {
			case !ok:
			case made.first != nil:
				all = append(all, b.file(slot, made.first, 1), b.file(slot, made.lines, 2))
			default:
				all = append(all, b.file(slot, made.lines, 1))
			}
			if b.rollUp && n == 11 {
				all = append(all, w.rollUp(b, slot))
			}
		}
	}
	return all
}

// rollUp is one file that repeats every line of the financial year.
func (w *World) rollUp(b body, last Slot) Published {
	var lines []LedgerLine
	for n := range 12 {
		lines = append(lines, w.slots[Slot{Publisher: b.ID, Month: monthAt(n)}].lines...)
	}
	name := rollUpName(b)
	return Published{
		Publisher: b.ID, Name: name, Path: pathOf(b.ID, name), Bytes: b.bytes(last, lines),
		Period: rollUpPeriod(), Edition: 1, Quirks: append(b.layout.quirks(), "annual roll-up"),
	}
}

func rollUpPeriod() schemas.Period { return monthAt(0).FinancialYear().Period() }

func rollUpName(b body) string {
	return "payments-" + monthAt(0).FinancialYear().Slug() + "-full-year." + b.layout.container
}

func (b body) file(slot Slot, lines []LedgerLine, edition int) Published {
	name := b.layout.name.write(b, slot.Month, edition, "."+b.layout.container)
	quirks := b.layout.quirks()
	if lines == nil {
		quirks = append(quirks, "nothing to report")
	}
	if edition > 1 {
		quirks = append(quirks, "resubmission")
	}
	return Published{
		Publisher: b.ID, Name: name, Path: pathOf(b.ID, name), Bytes: b.bytes(slot, lines),
		Period: slot.Period(), Edition: edition, Quirks: quirks,
	}
}

func pathOf(publisher, name string) string {
	return "/" + publisher + "/" + url.PathEscape(name)
}

// bytes panics where a file cannot be written: it is written to memory, from
// what this package made up itself.
func (b body) bytes(slot Slot, lines []LedgerLine) []byte {
	tables := b.tables(slot, lines)
	var out []byte
	var err error
	switch b.layout.container {
	case "xlsx":
		out, err = b.layout.workbookOf(tables)
	case "zip":
		out, err = b.layout.zipped(tables)
	default:
		out = b.layout.csv(tables[0].rows)
	}
	if err != nil {
		panic(fmt.Sprintf("demo: %s %s: %v", slot.Publisher, slot.Period(), err))
	}
	return out
}

// WriteFiles lays the files out in dir as a folder for each publisher beside
// PUBLISHERS.csv. Later editions sort after the first by name.
func (w *World) WriteFiles(dir string) error {
	for _, file := range w.Files() {
		folder := filepath.Join(dir, file.Publisher)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return fmt.Errorf("the demo's files: %w", err)
		}
		if err := os.WriteFile(filepath.Join(folder, file.Name), file.Bytes, 0o644); err != nil {
			return fmt.Errorf("the demo's files: %w", err)
		}
	}
	return w.writePublishers(filepath.Join(dir, "PUBLISHERS.csv"))
}

func (w *World) writePublishers(path string) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("the demo's list of publishers: %w", err)
	}
	defer func() {
		if closed := file.Close(); err == nil {
			err = closed
		}
	}()
	records := [][]string{{"folder", "publisher", "body_id", "sector", "body_type", "duty", "threshold", "licence"}}
	for _, p := range w.Publishers {
		records = append(records, []string{p.ID, p.Name, p.BodyID, p.Sector, p.Kind, p.Duty, p.Threshold.String(), p.Licence})
	}
	return csv.NewWriter(file).WriteAll(records)
}
