package api

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"path/filepath"
	"slices"

	"commonspend/publish"
)

// Published is a release of the past or the one that is served.
type Published struct {
	Number    string `json:"number"`
	Published string `json:"published" format:"date-time"`
	Previous  string `json:"previous" doc:"Number of the release before; empty for the first"`
	Payments  int64  `json:"payments"`
	Pence     int64  `json:"pence"`
	Latest    bool   `json:"latest"`
}

// registerReleases are the routes of releases.
func (s *Server) registerReleases() {
	get(s, operation("/releases", "Releases, the newest first", 410), func(ctx context.Context, in *struct{ Paging }) (*listed[Published], error) {
		return s.releases(ctx, in.Paging)
	})
	get(s, operation("/releases/{number}", "A release", 404, 410), func(ctx context.Context, in *struct {
		Number string `path:"number" maxLength:"40" doc:"Such as 2026-11-22.1, or latest"`
	}) (*single[Published], error) {
		held := of(ctx)
		if in.Number == "latest" {
			in.Number = held.Number
		}
		found, err := s.published(held, in.Number)
		if err != nil {
			return nil, err
		}
		out := &single[Published]{}
		out.Body.Release, out.Body.Item = held.Number, *found
		return out, nil
	})
}

// dir is the data directory of a release.
func (r *release) dir() string { return filepath.Dir(filepath.Dir(r.folder)) }

// published reads one release's manifest. A number that is none leads nowhere.
func (s *Server) published(held *release, number string) (*Published, error) {
	if why, ok := s.options.Withdrawn(number); ok {
		return nil, problem(http.StatusGone, "Release "+number+" was withdrawn: "+why)
	}
	all, err := publish.Numbers(held.dir())
	if err != nil {
		return nil, err
	}
	if !slices.Contains(all, number) {
		return nil, problem(http.StatusNotFound, "There never was a release of this number. "+Prefix+"/releases lists those that are.")
	}
	manifest, err := publish.Open(filepath.Join(held.dir(), "releases", number))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, problem(http.StatusNotFound, "Release "+number+" is not here any more.")
	}
	if err != nil {
		return nil, err
	}
	return &Published{Number: manifest.Number, Published: manifest.Published.UTC().Format("2006-01-02T15:04:05Z"), Previous: manifest.Previous,
		Payments: manifest.Payments, Pence: int64(manifest.Pence), Latest: number == held.Number}, nil
}

// releases lists the numbers after a cursor, newest first.
func (s *Server) releases(ctx context.Context, paging Paging) (*listed[Published], error) {
	held := of(ctx)
	name := listOf(paging.path, paging.query)
	from, err := readCursor(paging.Cursor, held.Number, name, 1)
	if err != nil {
		return nil, err
	}
	numbers, err := publish.Numbers(held.dir())
	if err != nil {
		return nil, err
	}
	numbers = slices.DeleteFunc(numbers, func(number string) bool {
		_, withdrawn := s.options.Withdrawn(number)
		return withdrawn
	})
	slices.Reverse(numbers)
	out := &listed[Published]{Link: link(paging, "", "first"), Body: Page[Published]{Release: held.Number, Items: []Published{}, Total: Total{Items: int64(len(numbers))}}}
	if from != nil {
		numbers = numbers[slices.Index(numbers, from.After[0])+1:]
	}
	for i, number := range numbers {
		if i == paging.Limit {
			out.Body.Next = cursor{Release: held.Number, List: name, After: []string{numbers[i-1]}}.String()
			out.Link += ", " + link(paging, out.Body.Next, "next")
			break
		}
		found, err := s.published(held, number)
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, *found)
	}
	return out, nil
}
