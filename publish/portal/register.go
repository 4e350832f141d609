package portal

import (
	"context"
	"slices"
	"strings"
)

// bodyFacts is what many pages tell of a body, which cannot change in a release.
type bodyFacts struct {
	body   Body
	months Months
	files  Files
	years  []BodyYear
	issues []Issue // of its current files: kind and count
}

// readRegister reads what is told of each body, by its slug: some kilobytes of
// each are held.
func (r *release) readRegister(ctx context.Context) error {
	bodies, err := list(ctx, r.db, "register", func(b *Body) []any {
		return []any{&b.Body, &b.Name, &b.Slug, &b.Sector, &b.Kind, &b.Publisher, &b.Licence, &b.Attribution, &b.Dataset}
	}, nil)
	if err != nil {
		return err
	}
	r.facts = map[string]*bodyFacts{}
	byBody := map[string]*bodyFacts{}
	for _, b := range bodies {
		facts := &bodyFacts{body: b}
		r.facts[b.Slug], byBody[b.Body] = facts, facts
	}
	for _, step := range []func(context.Context, map[string]*bodyFacts) error{r.readMonths, r.readOutcomes, r.readYears, r.readIssues} {
		if err := step(ctx, byBody); err != nil {
			return err
		}
	}
	return nil
}

// readMonths reads the months of each body, and of all, whose body is "".
func (r *release) readMonths(ctx context.Context, bodies map[string]*bodyFacts) error {
	type row struct {
		body string
		Months
	}
	found, err := list(ctx, r.db, "months", func(m *row) []any {
		return []any{&m.body, &m.Held, &m.Nil, &m.Missing, &m.Undated, &m.NoMonth, &m.First, &m.Last}
	}, nil)
	for _, m := range found {
		if m.body == "" {
			r.allMonths = m.Months
		} else if facts := bodies[m.body]; facts != nil {
			facts.months = m.Months
		}
	}
	return err
}

// readOutcomes reads what became of the files of each body, and of all, whose
// body is "".
func (r *release) readOutcomes(ctx context.Context, bodies map[string]*bodyFacts) error {
	type row struct {
		body string
		Files
	}
	found, err := list(ctx, r.db, "outcomes", func(f *row) []any {
		return []any{&f.body, &f.Received, &f.Current, &f.Replaced, &f.Empty, &f.Refused, &f.Rows}
	}, nil)
	for _, f := range found {
		if f.body == "" {
			r.allFiles = f.Files
		} else if facts := bodies[f.body]; facts != nil {
			facts.files = f.Files
		}
	}
	return err
}

func (r *release) readYears(ctx context.Context, bodies map[string]*bodyFacts) error {
	type row struct {
		body string
		BodyYear
	}
	found, err := list(ctx, r.db, "body_years", func(y *row) []any {
		return []any{&y.body, &y.FinancialYear, &y.Duty, &y.Held, &y.Payments, &y.Pence, &y.CreditPence}
	}, nil)
	for _, y := range found {
		if facts := bodies[y.body]; facts != nil {
			facts.years = append(facts.years, y.BodyYear)
		}
	}
	return err
}

func (r *release) readIssues(ctx context.Context, bodies map[string]*bodyFacts) error {
	type row struct {
		body string
		Issue
	}
	found, err := list(ctx, r.db, "body_issues", func(i *row) []any { return []any{&i.body, &i.Kind, &i.Count} }, nil)
	for _, i := range found {
		if facts := bodies[i.body]; facts != nil {
			facts.issues = append(facts.issues, i.Issue)
		}
	}
	return err
}

// fileHash is a receipt of a file.
type fileHash struct {
	hash   string
	fileNo int64
}

// readFiles reads the hashes of all files: some 150 bytes of each are held.
func (r *release) readFiles(ctx context.Context) (err error) {
	r.files, err = list(ctx, r.db, "file_hashes", func(f *fileHash) []any { return []any{&f.hash, &f.fileNo} }, nil)
	r.hashes, r.shared = make(map[int64]string, len(r.files)), map[string]bool{}
	for i, f := range r.files {
		r.hashes[f.fileNo] = f.hash
		if i > 0 && r.files[i-1].hash == f.hash {
			r.shared[f.hash] = true
		}
	}
	return err
}

// receipts lists the receipts of the files whose hash begins so.
func (r *release) receipts(prefix string) (numbers []int64) {
	at, _ := slices.BinarySearchFunc(r.files, prefix, func(f fileHash, prefix string) int { return strings.Compare(f.hash, prefix) })
	for ; at < len(r.files) && strings.HasPrefix(r.files[at].hash, prefix); at++ {
		numbers = append(numbers, r.files[at].fileNo)
	}
	return numbers
}
