package comparison

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"strings"
	"text/tabwriter"

	"commonspend/compare/peer"
	"commonspend/schemas"
	"commonspend/store"
)

// Covered says which months of bodies are held, and how well.
type Covered struct {
	Release *string        `json:"release"`
	Period  string         `json:"period"`
	Months  []CoveredMonth `json:"months"` // by name, duty and month

	body   string // "" for all
	period schemas.Period
}

// CoveredMonth is a month of a body under a duty. Money is in pence.
type CoveredMonth struct {
	Body             string `json:"body"`
	Name             string `json:"name"`
	FinancialYear    string `json:"financial_year"`
	Month            string `json:"month"` // 2018-04
	Duty             string `json:"duty"`
	Status           string `json:"status"` // held partial nil missing stray undecided
	Files            int64  `json:"files"`
	Superseded       int64  `json:"superseded"`
	LateDays         *int64 `json:"late_days"` // from the end of the month until its file was received
	Payments         int64  `json:"payments"`
	Pence            int64  `json:"pence"`
	Undated          int64  `json:"undated"`
	VATBasis         string `json:"vat_basis"`
	ThresholdPence   *int64 `json:"threshold_pence"`
	ObservedPence    *int64 `json:"observed_pence"` // the threshold that the data show
	ThresholdWarning string `json:"threshold_warning"`
	ClassifiedPence  int64  `json:"classified_pence"`
	RedactedPence    int64  `json:"redacted_pence"`
	RepeatedPence    int64  `json:"repeated_pence"` // published under another duty too
	ProcurementPence int64  `json:"procurement_pence"`
	GrantPence       int64  `json:"grant_pence"`
	TransferPence    int64  `json:"transfer_pence"`
	IndividualsPence int64  `json:"individuals_pence"`
	TaxPence         int64  `json:"tax_pence"`
	FinancePence     int64  `json:"finance_pence"`
	MixedPence       int64  `json:"mixed_pence"`
	UnknownPence     int64  `json:"unknown_pence"`

	moved moved
}

// moved is pence out and back added, of which parts are shares.
type moved struct{ all, classified, procurement, redacted int64 }

//go:embed sql/covered.sql
var coveredSQL string

//go:embed sql/covered_years.sql
var coveredYearsSQL string

// CoverageRequest is a body, "" for all, and a period.
type CoverageRequest struct {
	Body   string
	Period schemas.Period
}

// NewCoverageRequest reads what people write. A blank period is settled by
// Covered: the latest year of which anything is held.
func NewCoverageRequest(body, period string) (CoverageRequest, error) {
	r := CoverageRequest{Body: strings.TrimSpace(body), Period: schemas.NoPeriod}
	var err error
	if period != "" {
		r.Period, err = parsePeriod(period)
	}
	return r, err
}

// Covered lists the months of a body, or of all, in a period, or says in a
// *Refusal that none is held.
func (e *Engine) Covered(ctx context.Context, r CoverageRequest) (*Covered, error) {
	if r.Body != "" && !strings.HasPrefix(r.Body, "XC-") { // our own ids are not the register's
		body, err := peer.Lookup(ctx, e.reader, r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = body.ID
	}
	years, err := e.coveredYears(ctx, r.Body)
	if err != nil {
		return nil, err
	}
	if !r.Period.Known() && len(years) > 0 {
		if r.Period, err = parsePeriod(years[0]); err != nil {
			return nil, err
		}
	}
	c := &Covered{Months: []CoveredMonth{}, body: r.Body, period: r.Period}
	if e.Release != "" {
		c.Release = &e.Release
	}
	if r.Period.Known() {
		c.Period = periodText(r.Period)
		values := map[string]any{"first": r.Period.From.String(), "last": r.Period.To.String(), "body": r.Body}
		if err := store.Select(ctx, e.reader, coveredSQL, values, c.take); err != nil {
			return nil, fmt.Errorf("read the coverage: %w", err)
		}
	}
	if len(c.Months) == 0 {
		return nil, uncovered(r, years)
	}
	return c, nil
}

func (e *Engine) coveredYears(ctx context.Context, body string) (years []string, err error) {
	err = store.Select(ctx, e.reader, coveredYearsSQL, map[string]any{"body": body}, func(rows *sql.Rows) error {
		var year string
		err := rows.Scan(&year)
		years = append(years, year)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for the years held: %w", err)
	}
	return years, nil
}

// nothingHeld is the answer before anything was taken in.
const nothingHeld = "Nothing is held. `commonspend ingest FILE --publisher ID` takes files in, and `commonspend demo` shows it all on made-up bodies."

// uncovered says that nothing is held, and of which years something is.
func uncovered(r CoverageRequest, years []string) error {
	if r.Body == "" && len(years) == 0 {
		return &Refusal{Sentence: nothingHeld}
	}
	whose, when := "", ""
	if r.Body != "" {
		whose = " of " + r.Body
	}
	if r.Period.Known() {
		when = " for " + periodName(r.Period)
	}
	refusal := &Refusal{Sentence: fmt.Sprintf("Nothing%s is held%s.", whose, when)}
	for _, year := range years[:min(len(years), 3)] {
		refusal.Instead = append(refusal.Instead, "--period "+year)
	}
	return refusal
}

func (c *Covered) take(rows *sql.Rows) error {
	var m CoveredMonth
	err := rows.Scan(&m.Body, &m.Name, &m.FinancialYear, &m.Month, &m.Duty, &m.Status, &m.Files, &m.Superseded, &m.LateDays, &m.Payments, &m.Pence,
		&m.Undated, &m.VATBasis, &m.ThresholdPence, &m.ObservedPence, &m.ThresholdWarning, &m.ClassifiedPence, &m.RedactedPence, &m.RepeatedPence,
		&m.ProcurementPence, &m.GrantPence, &m.TransferPence, &m.IndividualsPence, &m.TaxPence, &m.FinancePence, &m.MixedPence, &m.UnknownPence,
		&m.moved.all, &m.moved.classified, &m.moved.procurement, &m.moved.redacted)
	if err == nil {
		m.Month = m.Month[:7]
	}
	c.Months = append(c.Months, m)
	return err
}

// signs are how a terminal shows a month.
var signs = map[string]string{"held": "●", "partial": "◐", "nil": "○", "missing": "×", "stray": "+", "undecided": "?"}

const legend = "● held  ◐ in part  ○ nothing to publish  × missing  + payments without a file for it  ? in files that may repeat one another  · before or after"

// Text writes a line for each body and duty with a strip of its months; of one
// body a line for each month too.
func (c *Covered) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n", periodName(c.period), legend)
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for from := 0; from < len(c.Months); {
		to := from
		for to < len(c.Months) && c.Months[to].Body == c.Months[from].Body && c.Months[to].Duty == c.Months[from].Duty {
			to++
		}
		c.line(table, c.Months[from:to])
		from = to
	}
	table.Flush()
	if c.body == "" {
		return b.String()
	}
	b.WriteString("\n")
	table = tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, m := range c.Months {
		m.line(table)
	}
	table.Flush()
	return b.String()
}

// line sums up the months of one body under one duty.
func (c *Covered) line(out *tabwriter.Writer, months []CoveredMonth) {
	status := map[string]string{}
	var held int
	var payments, pence int64
	var all moved
	for _, m := range months {
		status[m.Month] = m.Status
		if m.Status == "held" || m.Status == "nil" {
			held++
		}
		payments, pence = payments+m.Payments, pence+m.Pence
		all.all, all.classified = all.all+m.moved.all, all.classified+m.moved.classified
	}
	strip := ""
	period := c.period.Months()
	for _, month := range period {
		sign, ok := signs[status[month.String()[:7]]]
		if !ok {
			sign = "·"
		}
		strip += sign
	}
	fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%d of %d\t%s\t%s\tjudged %s\n", strip, months[0].Body, months[0].Name, months[0].Duty, held, len(period), paymentsName(payments), pounds(pence),
		share(all.classified, all.all))
}

// line writes what is known of one month.
func (m CoveredMonth) line(out *tabwriter.Writer) {
	var notes []string
	if m.LateDays != nil {
		notes = append(notes, fmt.Sprintf("received %s days after its end", grouped(*m.LateDays)))
	}
	if m.ThresholdPence != nil {
		notes = append(notes, "from "+pounds(*m.ThresholdPence))
	}
	switch {
	case m.ObservedPence == nil:
	case m.ThresholdWarning == "above":
		notes = append(notes, fmt.Sprintf("though the year's data begin at %s", pounds(*m.ObservedPence)))
	case m.ThresholdWarning == "below":
		notes = append(notes, "though smaller ones are published")
	}
	if m.Superseded > 0 {
		notes = append(notes, fmt.Sprintf("%d replaced", m.Superseded))
	}
	if m.RepeatedPence != 0 {
		notes = append(notes, pounds(m.RepeatedPence)+" published under another duty too")
	}
	fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\tVAT %s\tjudged %s, procurement %s, redacted %s\t%s\n", m.Month, m.Duty, m.Status, paymentsName(m.Payments), pounds(m.Pence),
		m.VATBasis, share(m.moved.classified, m.moved.all), share(m.moved.procurement, m.moved.all), share(m.moved.redacted, m.moved.all), strings.Join(notes, ", "))
}

func paymentsName(n int64) string {
	if n == 1 {
		return "1 payment"
	}
	return grouped(n) + " payments"
}

// share writes a part as a percentage, "–" of nothing.
func share(part, all int64) string {
	if all <= 0 {
		return "–"
	}
	return fmt.Sprintf("%d %%", (100*part+all/2)/all)
}
