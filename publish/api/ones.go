package api

import (
	"context"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"commonspend/publish/filter"
	"commonspend/schemas"
)

// single is one item, with the release that answers.
type single[T any] struct {
	Body struct {
		Release string `json:"release" doc:"The release that answers"`
		Item    T      `json:"item"`
	}
}

// registerOnes are the routes of single items.
func (s *Server) registerOnes() {
	get(s, operation("/bodies/{body}", "A body, by its id or slug", 404), func(ctx context.Context, in *struct {
		Bodies string `path:"body" maxLength:"200"`
	}) (*single[Body], error) {
		c := filter.NewConditions()
		c.In("(b.body IN (%[1]s) OR b.slug IN (%[1]s))", []string{in.Bodies})
		return one(ctx, bodies(), c, "No body has this id or slug")
	})
	get(s, operation("/suppliers/{supplier}", "A supplier", 404), func(ctx context.Context, in *struct {
		Supplier string `path:"supplier" maxLength:"200"`
	}) (*single[Supplier], error) {
		c := filter.NewConditions()
		c.In("s.supplier IN (%s)", []string{in.Supplier})
		return one(ctx, suppliers(), c, "No supplier has this id")
	})
	s.registerPlaces()
	s.registerNow()
}

// registerPlaces are the routes of a file and of a place in one.
func (s *Server) registerPlaces() {
	get(s, operation("/files/{file}", "A file, by its SHA-256; the current receipt of it", 404, 410), func(ctx context.Context, in *struct {
		File string `path:"file" pattern:"^[0-9a-f]{8,64}$" patternDescription:"the SHA-256 of a file, or at least its first 8 characters, in small letters"`
	}) (*single[File], error) {
		c := filter.NewConditions()
		c.Any("starts_with(f.file, %s)", []string{in.File})
		found, err := one(ctx, files(), c, "No file has a hash that begins like this")
		if err == nil && found.Body.Item.Outcome == withdrawn {
			return nil, gone(found.Body.Item)
		}
		return found, err
	})
	get(s, operation("/payments/{payment}", "A payment: FILE-SHEET-ROW, the file by at least 8 characters of its SHA-256", 404, 410), func(ctx context.Context, in *struct {
		Payment string `path:"payment" pattern:"^[0-9a-f]{8,64}-[0-9]{1,9}-[0-9]{1,9}$" patternDescription:"FILE-SHEET-ROW, such as 0123abcd-1-7, the file by at least 8 characters of its SHA-256"`
	}) (*single[Payment], error) {
		file, sheet, row := place(in.Payment)
		c := filter.NewConditions()
		c.Any("p.file_no IN (SELECT g.file_no FROM files g WHERE starts_with(g.file, %s))", []string{file})
		c.Add("p.sheet_no = " + c.Value(sheet) + " AND p.row = " + c.Value(row))
		found, err := one(ctx, payments(), c, "No payment stands at this place")
		if err == nil {
			return found, nil
		}
		c = filter.NewConditions()
		c.Any("starts_with(f.file, %s)", []string{file})
		if whole, absent := one(ctx, files(), c, ""); absent == nil && whole.Body.Item.Outcome == withdrawn {
			err = gone(whole.Body.Item)
		}
		return nil, err
	})
}

// withdrawn is the outcome of a file that was taken out of use.
const withdrawn = "withdrawn"

// gone is the tombstone of a file.
func gone(f File) error {
	return problem(http.StatusGone, "The file was withdrawn, and no payment of it is published: "+f.Reason)
}

var placePattern = regexp.MustCompile(`^([0-9a-f]{8,64})-([0-9]{1,9})-([0-9]{1,9})$`)

// place splits FILE-SHEET-ROW, whose pattern huma has checked.
func place(text string) (file string, sheet, row int64) {
	parts := placePattern.FindStringSubmatch(text)
	sheet, _ = strconv.ParseInt(parts[2], 10, 64)
	row, _ = strconv.ParseInt(parts[3], 10, 64)
	return parts[1], sheet, row
}

// one answers with the first item that meets the conditions.
func one[T any](ctx context.Context, l list[T], c *filter.Conditions, absent string) (*single[T], error) {
	held := of(ctx)
	query, err := text(l.name)
	if err != nil {
		return nil, err
	}
	found, err := l.after(ctx, held.db, query, c.Predicate("payments p"), nil, 1)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, problem(http.StatusNotFound, absent+" in release "+held.Number+".")
	}
	out := &single[T]{}
	out.Body.Release, out.Body.Item = held.Number, found[0]
	return out, nil
}

func (s *Server) registerNow() {
	get(s, operation("/release", "The release that is served"), func(ctx context.Context, _ *struct{}) (*struct{ Body Release }, error) {
		return &struct{ Body Release }{of(ctx).Release}, nil
	})
	get(s, operation("/categories/{cpv}", "A category, by its CPV code", 404), func(ctx context.Context, in *struct {
		CPV string `path:"cpv" pattern:"^[0-9]{8}(-[0-9])?$" patternDescription:"a CPV code of 8 digits, such as 72000000"`
	}) (*single[Category], error) {
		c := filter.NewConditions()
		c.Any("starts_with(c.cpv, %s)", []string{in.CPV})
		found, err := one(ctx, categories(), c, "No payment was judged to be of this category")
		if err == nil {
			found.Body.Item.Title = s.titles[found.Body.Item.CPV[:8]]
		}
		return found, err
	})
}

// titled gives categories their titles.
func (s *Server) titled(page *listed[Category], err error) (*listed[Category], error) {
	if err == nil {
		for i := range page.Body.Items {
			code, _, _ := strings.Cut(page.Body.Items[i].CPV, "-")
			page.Body.Items[i].Title = s.titles[code]
		}
	}
	return page, err
}

// loadTitles reads the titles of CPV codes.
func loadTitles() (map[string]string, error) {
	lines, err := schemas.Codelist("cpv")
	titles := map[string]string{}
	for _, line := range lines {
		titles[line["code"]] = line["title"]
	}
	return titles, err
}

// loadIssueKinds reads the kinds that an issue may be of.
func loadIssueKinds() ([]string, error) {
	lines, err := schemas.Codelist("issue_kinds")
	var kinds []string
	for _, line := range lines {
		kinds = append(kinds, line["kind"])
	}
	return kinds, err
}
