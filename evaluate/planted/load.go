package planted

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"commonspend/demo"
	"commonspend/schemas"
	"commonspend/store"
)

// Noise is how often judging goes wrong, of 1,000 transactions each; by the
// transaction, always in the same way.
type Noise struct{ Abstains, Unsure, Unresolved int }

// Load puts a world straight into the tables that comparisons read, as if its
// files had been read without a fault, and judged with some.
func Load(ctx context.Context, db *sql.DB, w *demo.World, clean *demo.Clean, noise Noise) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, schemas.WarehouseSQL); err != nil {
		return fmt.Errorf("make the tables: %w", err)
	}
	if err := loadRegister(ctx, conn, w); err != nil {
		return err
	}
	months := map[slot]*sums{}
	record := transactions(w, clean, noise, months)
	handed := false
	err = store.InsertRecords(ctx, conn, "transactions", record.Schema(), func() (arrow.RecordBatch, error) {
		if handed {
			return nil, nil
		}
		handed = true
		return record, nil
	})
	if err != nil {
		return err
	}
	return loadCoverage(ctx, conn, w, months)
}

type slot struct {
	body  string
	month schemas.Date
}

// sums are what coverage says of a month.
type sums struct{ payments, pence, classified, classifiedPence int64 }

// columns of the table transactions, in its order.
var columns = arrow.NewSchema([]arrow.Field{
	{Name: "file_no", Type: arrow.PrimitiveTypes.Int32}, {Name: "publisher", Type: arrow.BinaryTypes.String},
	{Name: "body", Type: arrow.BinaryTypes.String}, {Name: "financial_year", Type: arrow.BinaryTypes.String},
	{Name: "month", Type: arrow.FixedWidthTypes.Date32}, {Name: "duty", Type: arrow.BinaryTypes.String},
	{Name: "vat_basis", Type: arrow.BinaryTypes.String}, {Name: "scope", Type: arrow.BinaryTypes.String},
	{Name: "category", Type: arrow.BinaryTypes.String}, {Name: "supplier", Type: arrow.BinaryTypes.String},
	{Name: "redacted", Type: arrow.FixedWidthTypes.Boolean}, {Name: "confidence", Type: &arrow.Decimal128Type{Precision: 4, Scale: 3}},
	{Name: "payments", Type: arrow.PrimitiveTypes.Int64}, {Name: "pence", Type: arrow.PrimitiveTypes.Int64},
	{Name: "transaction_pence", Type: arrow.PrimitiveTypes.Int64}, {Name: "credit_pence", Type: arrow.PrimitiveTypes.Int64},
	{Name: "repeats", Type: arrow.FixedWidthTypes.Boolean}, {Name: "inferred", Type: arrow.FixedWidthTypes.Boolean},
	{Name: "sheet_no", Type: arrow.PrimitiveTypes.Int32}, {Name: "row", Type: arrow.PrimitiveTypes.Int32},
}, nil)

// transactions writes what is published, sorted as the table is, and adds it up
// by month.
func transactions(w *demo.World, clean *demo.Clean, noise Noise, months map[slot]*sums) arrow.RecordBatch {
	var parts []*demo.Part
	duties := map[string]string{}
	for _, p := range w.Publishers {
		duties[p.BodyID] = p.Duty
		for _, part := range clean.Parts(p.BodyID) {
			if part.Published {
				parts = append(parts, part)
			}
		}
	}
	slices.SortStableFunc(parts, func(a, b *demo.Part) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Month.FinancialYear(), b.Month.FinancialYear()),
			cmp.Compare(a.Body, b.Body), cmp.Compare(a.Month, b.Month))
	})
	rows := array.NewRecordBuilder(memory.DefaultAllocator, columns)
	for i, part := range parts {
		appendRow(rows, i, part, duties[part.Body], noise.of(part), months)
	}
	return rows.NewRecordBatch()
}

// judged is what judging makes of a transaction.
type judged struct {
	category, supplier string
	confidence         int64 // of 1,000
}

func (n Noise) of(p *demo.Part) judged {
	hash := fnv.New32a()
	fmt.Fprint(hash, p.Publisher, p.Reference)
	lot := int(hash.Sum32() % 1000)
	made := judged{p.Category, p.Supplier, 950}
	switch {
	case lot < n.Abstains:
		made.category = ""
	case lot < n.Abstains+n.Unsure:
		made.confidence = 650
	case lot < n.Abstains+n.Unsure+n.Unresolved:
		made.supplier = ""
	}
	return made
}

func appendRow(rows *array.RecordBuilder, i int, p *demo.Part, duty string, j judged, months map[slot]*sums) {
	month := months[slot{p.Body, p.Month}]
	if month == nil {
		month = &sums{}
		months[slot{p.Body, p.Month}] = month
	}
	month.payments += int64(p.Payments)
	month.pence += int64(p.Amount)
	if j.category != "" || p.Scope != "procurement" {
		month.classified += int64(p.Payments)
		month.classifiedPence += int64(p.Amount)
	}
	for n, text := range []string{p.Publisher, p.Body, p.Month.FinancialYear().String(), "", duty, string(p.Basis), p.Scope, j.category, j.supplier} {
		if n != 3 {
			rows.Field(n + 1).(*array.StringBuilder).Append(text)
		}
	}
	rows.Field(0).(*array.Int32Builder).Append(1)
	rows.Field(4).(*array.Date32Builder).Append(arrow.Date32(p.Month))
	rows.Field(10).(*array.BooleanBuilder).Append(p.Redacted)
	rows.Field(11).(*array.Decimal128Builder).Append(decimal128.FromI64(j.confidence))
	credit := int64(min(p.Amount, 0))
	for n, number := range []int64{int64(p.Payments), int64(p.Amount), int64(p.Whole().Amount), credit} {
		rows.Field(12 + n).(*array.Int64Builder).Append(number)
	}
	rows.Field(16).(*array.BooleanBuilder).Append(false)
	rows.Field(17).(*array.BooleanBuilder).Append(false)
	rows.Field(18).(*array.Int32Builder).Append(int32(p.Sheet))
	rows.Field(19).(*array.Int32Builder).Append(int32(i))
}

// loadCoverage says of each month whether it is held, and how well.
func loadCoverage(ctx context.Context, conn *sql.Conn, w *demo.World, months map[slot]*sums) error {
	missing, none := map[demo.Slot]bool{}, map[demo.Slot]bool{}
	for _, s := range w.Missing {
		missing[s] = true
	}
	for _, s := range w.Nil {
		none[s] = true
	}
	basis := map[string]schemas.VATBasis{}
	for _, l := range w.Ledger {
		basis[l.Publisher] = l.Basis
	}
	var rows [][]any
	for _, p := range w.Publishers {
		for _, month := range w.Months(p.ID) {
			at := demo.Slot{Publisher: p.ID, Month: month}
			s := months[slot{p.BodyID, month}]
			if s == nil {
				s = &sums{}
			}
			status := "held"
			if missing[at] {
				status = "missing"
			} else if none[at] {
				status = "nil"
			}
			rows = append(rows, []any{p.BodyID, month.FinancialYear().String(), month.String(), p.Duty, status, 1, 0, s.payments, s.pence, 0,
				string(basis[p.ID]), 0, int64(p.Threshold), int64(p.Threshold), "", s.classified, s.classifiedPence})
		}
	}
	return insert(ctx, conn, `coverage (body, financial_year, month, duty, status, files, superseded, payments, pence, undated,
		vat_basis, undecided, threshold_pence, observed_pence, threshold_warning, classified_payments, classified_pence)`, rows)
}

// loadRegister reads the world's register as an import would.
func loadRegister(ctx context.Context, conn *sql.Conn, w *demo.World) error {
	bodies, err := schemas.ReadBodies(bytes.NewReader(w.Bodies()))
	if err != nil {
		return err
	}
	var rows [][]any
	for _, b := range bodies {
		rows = append(rows, []any{b.ID, b.Name, b.Kind, b.Tier, b.GSS, b.Region, b.Nation, day(b.From), day(b.To), strings.Join(b.SucceededBy, " "), b.Postcode, b.Parent, b.Source})
	}
	if err := insert(ctx, conn, "register", rows); err != nil {
		return err
	}
	sizes, err := schemas.ReadDenominators(bytes.NewReader(w.Denominators()))
	if err != nil {
		return err
	}
	rows = nil
	for _, d := range sizes {
		rows = append(rows, []any{d.Body, d.Measure, d.Year, d.Value(), d.Source})
	}
	return insert(ctx, conn, "denominators", rows)
}

func insert(ctx context.Context, conn *sql.Conn, table string, rows [][]any) error {
	return store.InsertRows(ctx, conn, table, rows)
}

func day(d schemas.Date) any {
	if d == schemas.NoDate {
		return nil
	}
	return d.String()
}
