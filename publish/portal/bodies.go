package portal

import "slices"

const bodiesAPage = 100

// Bodies is one page of the list of bodies.
type Bodies struct {
	Sector *string      `json:"sector"` // null for all
	Kind   *string      `json:"kind"`   // null for all
	Kinds  []Kind       `json:"kinds"`
	Bodies []BodyTotals `json:"bodies"`
	Next   string       `json:"next"` // address of the next page, "" at the end
}

// BodyTotals is a body with what it published and which months are held.
type BodyTotals struct {
	Body     string `json:"body"`
	Name     string `json:"name"`
	Slug     string `json:"slug"`
	Sector   string `json:"sector"`
	Kind     string `json:"kind"`
	Payments int64  `json:"payments"`
	Pence    int64  `json:"pence"`
	Held     int64  `json:"months_held"`
	Missing  int64  `json:"months_missing"`
	First    Day    `json:"first_month"`
	Last     Day    `json:"last_month"`
	URL      string `json:"url"`
}

// noKind stands in an address for bodies whose kind is not recorded.
const noKind = "not-recorded"

func kindSlug(kind string) string {
	if kind == "" {
		return noKind
	}
	return kind
}

func (r *request) bodies() (*page, error) {
	kinds, err := r.kinds()
	if err != nil {
		return nil, err
	}
	data := Bodies{Kinds: kinds}
	if data.narrow(r.query.Get("sector"), r.query.Get("kind")); !data.known() {
		return nil, badRequest("No body in this release is of the kind asked for.", link{"See all bodies", "/bodies"})
	}
	if err := r.listBodies(&data); err != nil {
		return nil, err
	}
	t := newTable("body", "name", "sector", "kind", "payments", "amount_pounds", "months_held", "months_missing", "first_month", "last_month")
	for _, b := range data.Bodies {
		t.add(b.Body, b.Name, b.Sector, b.Kind, b.Payments, money(b.Pence), b.Held, b.Missing, b.First, b.Last)
	}
	return &page{template: "bodies", table: t, title: data.title(), section: "Bodies", trail: []link{{"Home", "/"}},
		absent: absences(r.allMonths, r.allFiles), data: data}, nil
}

// narrow takes the sector and kind of an address, "" for all.
func (b *Bodies) narrow(sector, kind string) {
	if sector != "" {
		b.Sector = &sector
	}
	if kind == "" {
		return
	}
	if kind == noKind {
		kind = ""
	}
	b.Kind = &kind
}

// known reports whether any body is of the sector and kind asked for.
func (b *Bodies) known() bool {
	return b.Sector == nil && b.Kind == nil || slices.ContainsFunc(b.Kinds, func(k Kind) bool {
		return (b.Sector == nil || k.Sector == *b.Sector) && (b.Kind == nil || k.Kind == *b.Kind)
	})
}

func (b *Bodies) title() string {
	title := "Bodies"
	if b.Sector != nil {
		title += ": " + sectorWords(*b.Sector)
	}
	if b.Kind != nil {
		title += ": " + kindWords(*b.Kind)
	}
	return title
}

// listBodies reads one page of bodies after the slug in the address.
func (r *request) listBodies(data *Bodies) error {
	after, err := r.begin(r.query.Get("after"))
	if err != nil {
		return err
	}
	with := values{"name": after.Name, "slug": after.Slug, "limit": bodiesAPage + 1,
		"any_sector": data.Sector == nil, "sector": "", "any_kind": data.Kind == nil, "kind": ""}
	if data.Sector != nil {
		with["sector"] = *data.Sector
	}
	if data.Kind != nil {
		with["kind"] = *data.Kind
	}
	data.Bodies, err = list(r, r.db, "bodies", func(b *BodyTotals) []any {
		return []any{&b.Body, &b.Name, &b.Slug, &b.Sector, &b.Kind, &b.Payments, &b.Pence, &b.Held, &b.Missing, &b.First, &b.Last}
	}, with)
	if len(data.Bodies) > bodiesAPage {
		data.Bodies = data.Bodies[:bodiesAPage]
		data.Next = address("/bodies", "sector", r.query.Get("sector"), "kind", r.query.Get("kind"), "after", data.Bodies[bodiesAPage-1].Slug)
	}
	for i := range data.Bodies {
		data.Bodies[i].URL = "/bodies/" + data.Bodies[i].Slug
	}
	return err
}

// begin finds the body that a page continues after; "" is the beginning.
func (r *request) begin(slug string) (Body, error) {
	if slug == "" {
		return Body{}, nil
	}
	return r.find(slug)
}
