package portal

import (
	"embed"
	"encoding/csv"
	"fmt"
)

//go:embed json_fields.csv
var jsonFields embed.FS

// jsonField is a line of json_fields.csv: a name in the JSON answers and what
// it means. A test holds the list equal to what the answers have.
type jsonField struct {
	Name    string `json:"name"`
	Meaning string `json:"meaning"`
}

func loadJSONFields() ([]jsonField, error) {
	file, err := jsonFields.Open("json_fields.csv")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("json_fields.csv: %w", err)
	}
	fields := []jsonField{}
	for _, line := range lines[1:] {
		fields = append(fields, jsonField{line[0], line[1]})
	}
	return fields, nil
}

// About is the data of the page on what this is.
type About struct {
	Publishers int64 `json:"publishers"`
	Bodies     int64 `json:"bodies"`
	Payments   int64 `json:"payments"`
}

func (r *request) about() (*page, error) {
	return &page{template: "about", title: "About this data", section: "About", trail: []link{{"Home", "/"}},
		absent: absences(r.allMonths, r.allFiles), data: About{r.Totals.Publishers, r.Totals.Bodies, r.Totals.Payments}}, nil
}

func (r *request) aboutJSON() (*page, error) {
	return &page{template: "json", title: "Pages as JSON", section: "About", trail: []link{{"Home", "/"}, {"About", "/about"}},
		data: r.server.fields}, nil
}

// Health is whether this server can answer.
type Health struct {
	Status   string `json:"status"`
	Number   string `json:"number"`
	Payments int64  `json:"payments"`
}

// health reads the release's database, so that "ok" means that pages can.
func (r *request) health() (*page, error) {
	found, ok, err := one(r, r.db, "health", func(h *Health) []any { return []any{&h.Number, &h.Payments} }, nil)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("the release's database says nothing of itself")
	}
	found.Status = "ok"
	return &page{template: "health", title: "Health", section: "", trail: []link{{"Home", "/"}}, data: found}, nil
}
