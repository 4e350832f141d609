package comparison

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"strings"

	"commonspend/store"
)

// PublishedSQL makes published, from the relations payments and files as a
// release has them in Parquet: each payment with its month and transaction.
//
//go:embed sql/published.sql
var PublishedSQL string

// TransactionsSQL makes transactions from published.
//
//go:embed sql/retold.sql
var TransactionsSQL string

//go:embed sql/rows_behind.sql
var rowsBehindSQL string

// Row is a published payment behind a figure, by its place in the file as it
// was received.
type Row struct {
	File             string `json:"file"` // SHA-256
	Member           string `json:"member"`
	Sheet            string `json:"sheet"`
	Row              int    `json:"row"`
	Month            string `json:"month"`
	Category         string `json:"category"`
	Pence            int64  `json:"pence"`
	TransactionPence int64  `json:"transaction_pence"`
}

// RowsBehind lists the payments of the body that its figures are made of, from
// a reader that holds published, and the SQL that finds them.
func RowsBehind(ctx context.Context, reader store.Reader, c *Comparison) ([]Row, string, error) {
	from, to := c.Request.bounds()
	values := map[string]any{"body": c.Body, "category_from": from, "category_to": to, "scope": c.Scope, "duty": c.Duty,
		"threshold_pence": c.Basis.ThresholdPence, "vat_basis": c.Basis.VATBasis}
	var months []string
	for i, month := range c.Basis.Months {
		name := fmt.Sprintf("month_%d", i)
		values[name] = month + "-01"
		months = append(months, "(CAST(:"+name+" AS DATE))")
	}
	query := strings.ReplaceAll(rowsBehindSQL, "{months}", "VALUES "+strings.Join(months, ", "))
	list := []Row{}
	err := store.Select(ctx, reader, query, values, func(rows *sql.Rows) error {
		var r Row
		err := rows.Scan(&r.File, &r.Member, &r.Sheet, &r.Row, &r.Month, &r.Category, &r.Pence, &r.TransactionPence)
		list = append(list, r)
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("find the rows behind %s: %w", c.ID, err)
	}
	return list, store.Written(query, values), nil
}
