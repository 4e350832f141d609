package comparison

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"strings"

	"commonspend/compare/peer"
	"commonspend/schemas"
	"commonspend/store"
)

// held is a month of a body under a duty, as coverage has it.
type held struct {
	present    bool // held or nil, and not undecided
	status     string
	vat        string // net gross unknown mixed; "" where the month has no payments
	threshold  int64
	raised     bool // more seems left out than the declared threshold says
	superseded bool // files of it were replaced by later ones
	several    bool // more than one standing file has a part in it
	pence      int64
	classified int64
}

// holding is what a body holds of the period and the year before: by duty, then
// month.
type holding map[string]map[schemas.Date]held

//go:embed sql/holdings.sql
var holdingsSQL string

// holdings reads what the body and the candidates hold. Bodies are many and
// months few, so one query reads them all.
func (e *Engine) holdings(ctx context.Context, r Request, group *peer.Group) (map[string]holding, error) {
	values := map[string]any{"first": yearBefore(r.Period.From).String(), "last": r.Period.To.String(), "body_0": group.Body.ID}
	list := []string{":body_0"}
	for i, candidate := range group.Candidates {
		name := fmt.Sprintf("body_%d", i+1)
		values[name] = candidate.ID
		list = append(list, ":"+name)
	}
	query := strings.ReplaceAll(holdingsSQL, "{bodies}", strings.Join(list, ", "))
	holdings := map[string]holding{}
	err := store.Select(ctx, e.reader, query, values, func(rows *sql.Rows) error {
		var body, duty, month string
		var h held
		if err := rows.Scan(&body, &duty, &month, &h.status, &h.present, &h.vat, &h.threshold, &h.raised, &h.superseded, &h.several,
			&h.pence, &h.classified); err != nil {
			return err
		}
		first, err := schemas.ParseDate(month)
		if err != nil {
			return err
		}
		if holdings[body] == nil {
			holdings[body] = holding{}
		}
		if holdings[body][duty] == nil {
			holdings[body][duty] = map[schemas.Date]held{}
		}
		holdings[body][duty][first] = h
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the coverage: %w", err)
	}
	return holdings, nil
}

// months returns those of the months that are present under the duty.
func (h holding) months(duty string, months []schemas.Date) []schemas.Date {
	var present []schemas.Date
	for _, month := range months {
		if h[duty][month].present {
			present = append(present, month)
		}
	}
	return present
}

// vat returns the basis of the months: net or gross where every payment of
// them is declared to be, else unknown.
func (h holding) vat(duty string, months []schemas.Date) string {
	basis := ""
	for _, month := range months {
		switch of := h[duty][month].vat; {
		case of == "":
		case basis == "":
			basis = of
		case basis != of:
			basis = "mixed"
		}
	}
	if basis == "net" || basis == "gross" {
		return basis
	}
	return "unknown"
}

// unlike reports whether the months hold amounts of more than one basis: some
// without VAT beside some with it, or beside some of which it is not said.
func (h holding) unlike(duty string, months []schemas.Date) bool {
	seen := map[string]bool{}
	for _, month := range months {
		if of := h[duty][month].vat; of != "" {
			seen[of] = true
		}
	}
	return seen["mixed"] || len(seen) > 1
}

// threshold returns the highest of the months.
func (h holding) threshold(duty string, months []schemas.Date) int64 {
	var highest int64
	for _, month := range months {
		highest = max(highest, h[duty][month].threshold)
	}
	return highest
}

// classified returns the share, in whole per cent, of the months' pounds whose
// scope and category are known; 100 where there are none.
func (h holding) classified(duty string, months []schemas.Date) int64 {
	var known, all int64
	for _, month := range months {
		known += h[duty][month].classified
		all += h[duty][month].pence
	}
	if all <= 0 {
		return 100
	}
	return max(0, min(100, known*100/all))
}

// has reports whether any of the months has the property.
func (h holding) has(duty string, months []schemas.Date, property func(held) bool) bool {
	for _, month := range months {
		if property(h[duty][month]) {
			return true
		}
	}
	return false
}
