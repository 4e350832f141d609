package demo

import (
	"bytes"
	"encoding/csv"
	"strconv"
)

// registerSource says of every made-up line of the register where it is from.
const registerSource = "Made up for demonstration"

// Bodies is the register of the world's bodies, all sixty of them, in the shape
// of schemas/codelists/bodies.csv.
func (w *World) Bodies() []byte {
	all := makeBodies()
	rows := [][]string{{"id", "name", "kind", "tier", "gss", "region", "nation", "from", "to", "succeeded_by", "postcode", "parent", "source"}}
	for _, b := range all {
		kind, tier := registerKind(b)
		row := []string{b.BodyID, b.Name, kind, tier, "", region(b.index), "England", "", "", "", "", "", registerSource}
		switch b.index {
		case endedCouncil:
			row[8], row[9] = (monthAt(12) - 1).String(), all[newCouncil].BodyID
		case newCouncil:
			row[7] = monthAt(12).String()
		}
		rows = append(rows, row)
	}
	return csvOf(rows)
}

// registerKind is a body's kind and tier, in the register's own words.
func registerKind(b body) (kind, tier string) {
	switch b.Sector {
	case "local":
		return "council", b.Kind
	case "nhs":
		return "nhs trust", ""
	}
	return "department", b.Kind
}

// region is one of three that no map has.
func region(i int) string { return []string{"Upper Marrow", "Lower Marrow", "Marrow Coast"}[i%3] }

// denominatorYears are the calendar years for which sizes are known.
const firstDenominatorYear, denominatorYears = 2023, 3

// Denominators is how large the bodies are, in the shape of
// schemas/codelists/denominators.csv: residents, beds or employees of each year,
// and of councils also their area, deprivation and rurality.
func (w *World) Denominators() []byte {
	rows := [][]string{{"body", "measure", "year", "value", "source"}}
	for _, b := range makeBodies() {
		for year := firstDenominatorYear; year < firstDenominatorYear+denominatorYears; year++ {
			rows = append(rows, []string{b.BodyID, b.trade.measure, strconv.Itoa(year), strconv.FormatInt(b.size(year), 10), registerSource})
		}
		if b.Sector != "local" {
			continue
		}
		for measure, value := range []int{8_000 + b.index*2_917%60_000, 1 + b.index%5, 1 + b.index%4} {
			name := []string{"area_hectares", "deprivation", "rurality"}[measure]
			rows = append(rows, []string{b.BodyID, name, "2024", strconv.Itoa(value), registerSource})
		}
	}
	return csvOf(rows)
}

// size grows by half a percent a year.
func (b body) size(year int) int64 { return b.units + b.units*int64(year-2024)/200 }

// Size is what a body's pounds are divided by: the measure and its value in a
// calendar year.
func (w *World) Size(bodyID string, year int) (measure string, value int64) {
	for i := range w.bodies {
		if b := &w.bodies[i]; b.BodyID == bodyID {
			return b.trade.measure, b.size(year)
		}
	}
	return "", 0
}

func csvOf(rows [][]string) []byte {
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		panic("demo: a list could not be written to memory: " + err.Error())
	}
	return out.Bytes()
}
