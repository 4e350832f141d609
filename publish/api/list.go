package api

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"commonspend/publish/filter"

	"github.com/danielgtaylor/huma/v2"
)

// text reads the query in sql/name.sql.
func text(name string) (string, error) {
	bytes, err := queries.ReadFile("sql/" + name + ".sql")
	return string(bytes), err
}

// rows runs the query in sql/name.sql and reads each row into the places that
// into names.
func rows[T any](ctx context.Context, db *sql.DB, name string, into func(*T) []any, with map[string]any) ([]T, error) {
	query, err := text(name)
	if err != nil {
		return nil, err
	}
	return ask(ctx, db, query, filter.NewConditions().Predicate(""), into, with)
}

// ask runs a query narrowed by a predicate.
func ask[T any](ctx context.Context, db *sql.DB, query string, p filter.Predicate, into func(*T) []any, with map[string]any) ([]T, error) {
	bound, args, err := p.Into(query, with)
	if err != nil {
		return nil, err
	}
	answer, err := db.QueryContext(ctx, bound, args...)
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	found := []T{}
	for answer.Next() {
		var row T
		if err := answer.Scan(into(&row)...); err != nil {
			return nil, err
		}
		found = append(found, row)
	}
	return found, errors.Join(answer.Err(), ctx.Err())
}

// Paging is what every list takes.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"Items of one page"`
	Cursor string `query:"cursor" maxLength:"2000" doc:"The next of the page before; none for the first"`

	path  string
	query url.Values
}

// Resolve keeps the address, which cursors and links are made from.
func (p *Paging) Resolve(ctx huma.Context) []error {
	address := ctx.URL()
	p.path, p.query = address.Path, address.Query()
	return nil
}

// Total is what the whole list comes to, however it is paged.
type Total struct {
	Items int64  `json:"items" doc:"Items of the whole list"`
	Pence *int64 `json:"pence,omitempty" doc:"Sum of their amounts, in pence, where they have any"`
}

// Page is one page of a list.
type Page[T any] struct {
	Release string `json:"release" doc:"The release that answers"`
	Total   Total  `json:"total"`
	Items   []T    `json:"items"`
	Next    string `json:"next" doc:"Cursor of the next page; empty on the last"`
}

// listed is a page with its Link header.
type listed[T any] struct {
	Link string `header:"Link" doc:"The next page and the first, as RFC 8288 has it"`
	Body Page[T]
}

// list is a list that can be paged: a query with {from}, {where}, {after} and
// :limit, ordered by its key.
type list[T any] struct {
	name  string            // sql/name.sql, and sql/name_total.sql where money is summed
	key   []column          // the whole order
	into  func(*T) []any    // a row's places
	at    func(*T) []string // a row's key
	money bool
}

// column is one of a key: its SQL and its type.
type column struct{ sql, kind string }

// page answers one page of the list.
func page[T any](ctx context.Context, l list[T], p filter.Predicate, paging Paging) (*listed[T], error) {
	held := of(ctx)
	name := listOf(paging.path, paging.query)
	from, err := readCursor(paging.Cursor, held.Number, name, len(l.key))
	if err != nil {
		return nil, err
	}
	query, err := text(l.name)
	if err != nil {
		return nil, err
	}
	at := cursor{Release: held.Number, List: name}
	if from == nil {
		at.Count, at.Pence, err = l.total(ctx, held.db, query, p)
	} else {
		at = *from
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.name, err)
	}
	found, err := l.after(ctx, held.db, query, p, from, paging.Limit+1)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", l.name, err)
	}
	out := &listed[T]{Body: Page[T]{Release: held.Number, Items: found, Total: Total{Items: at.Count}}}
	if l.money {
		out.Body.Total.Pence = &at.Pence
	}
	links := []string{link(paging, "", "first")}
	if len(found) > paging.Limit {
		out.Body.Items = found[:paging.Limit]
		at.After = l.at(&found[paging.Limit-1])
		out.Body.Next = at.String()
		links = append(links, link(paging, out.Body.Next, "next"))
	}
	out.Link = strings.Join(links, ", ")
	return out, nil
}

// total counts the whole list.
func (l list[T]) total(ctx context.Context, db *sql.DB, query string, p filter.Predicate) (count, pence int64, err error) {
	if l.money {
		if query, err = text(l.name + "_total"); err != nil {
			return 0, 0, err
		}
	} else {
		query = "SELECT count(*), CAST(0 AS BIGINT) FROM (\n" + strings.NewReplacer("{after}", "TRUE", ":limit", strconv.Itoa(math.MaxInt64)).Replace(query) + "\n)"
	}
	found, err := ask(ctx, db, query, p, func(t *[2]int64) []any { return []any{&t[0], &t[1]} }, nil)
	if err != nil || len(found) == 0 {
		return 0, 0, err
	}
	return found[0][0], found[0][1], nil
}

// after reads the rows after a place in the list.
func (l list[T]) after(ctx context.Context, db *sql.DB, query string, p filter.Predicate, from *cursor, limit int) ([]T, error) {
	with := map[string]any{"limit": limit}
	after := "TRUE"
	if from != nil {
		var names, places []string
		for i, c := range l.key {
			name := "after_" + strconv.Itoa(i)
			names = append(names, c.sql)
			places = append(places, "CAST(:"+name+" AS "+c.kind+")")
			with[name] = from.After[i]
		}
		// The first column alone lets whole blocks be passed over.
		after = fmt.Sprintf("%s >= %s AND (%s) > (%s)", names[0], places[0], strings.Join(names, ", "), strings.Join(places, ", "))
	}
	return ask(ctx, db, strings.ReplaceAll(query, "{after}", after), p, l.into, with)
}

// link is an address of the list as the Link header has it.
func link(paging Paging, cursor, rel string) string {
	query := url.Values{}
	for name, values := range paging.query {
		if name != "cursor" {
			query[name] = values
		}
	}
	if cursor != "" {
		query.Set("cursor", cursor)
	}
	address := url.URL{Path: paging.path, RawQuery: query.Encode()}
	return "<" + address.String() + `>; rel="` + rel + `"`
}
