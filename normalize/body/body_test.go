package body

import (
	"strings"
	"testing"

	"commonspend/schemas"
)

// made is a register of made-up bodies: two districts and a county that made
// way for one council, a group that a board took over, a department with
// agencies, a renamed department and a board that two groups followed.
const made = `id,name,kind,tier,gss,from,to,succeeded_by,parent,source
X-A,Eastmere District Council,council,Non-metropolitan district,E99000001,,2019-03-31,X-C,,made up
X-B,Northmereshire County Council,council,County,,,2019-03-31,X-C,,made up
X-C,Northmereshire Council,council,Unitary authority,E99000003,2019-04-01,,,,made up
X-D,Westmere Borough Council,council,Non-metropolitan district,,,,,,made up
X-M,Westmere County Council,council,County,,,,,,made up
X-E,NHS Eastmere CCG,nhs commissioner,Clinical commissioning group,,2013-04-01,2020-03-31,X-F,,made up
X-F,NHS Great Mere CCG,nhs commissioner,Clinical commissioning group,,2020-04-01,2022-06-30,X-G,,made up
X-G,NHS Great Mere Integrated Care Board,nhs commissioner,Integrated care board,,2022-07-01,,,,made up
X-H,Mere and Fell University Hospitals NHS Foundation Trust,nhs trust,,,1994-04-01,,,,made up
X-I,Department for Lakes and Rivers,department,,,,,,,made up
X-J,Reservoir Inspection Agency,agency,,,,,,X-I,made up
X-K,Royal Institute of Arches,agency,,,,,,,made up
X-L,Ferry Fares Commission,agency,,,,2015-12-31,X-J X-K,X-I,made up
X-N,Mereshire Constabulary,police,,,,,,,made up
`

var madeNames = []schemas.BodyName{
	{Name: "DfLR", Body: "X-I", From: schemas.NoDate, To: schemas.NoDate},
	{Name: "Ministry of Water", Body: "X-I", From: schemas.NoDate, To: day("2010-05-11")},
	{Name: "RIA", Body: "X-J", From: schemas.NoDate, To: schemas.NoDate, Narrow: true},
	{Name: "RIA", Body: "X-K", From: schemas.NoDate, To: schemas.NoDate, Narrow: true},
	{Name: "Westmere", Body: "X-D", From: schemas.NoDate, To: schemas.NoDate},
}

func day(text string) schemas.Date {
	d, err := schemas.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func madeRegister(t *testing.T) *Register {
	t.Helper()
	bodies, err := schemas.ReadBodies(strings.NewReader(made))
	if err != nil {
		t.Fatal(err)
	}
	units, err := readUnits()
	if err != nil {
		t.Fatal(err)
	}
	r, err := build(bodies, madeNames, units)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestAnswers holds what a publisher says of a body that it has no part in to
// be what it reports of it, and no payment of that body's own account.
func TestAnswers(t *testing.T) {
	r := madeRegister(t)
	sales := Publisher{"sales-list", "Sales to the public sector", ""}
	lakes := Publisher{"dflr", "Department for Lakes & Rivers", "X-I"}
	east := Publisher{"east-ccg", "NHS Eastmere CCG", "X-E"}
	for _, c := range []struct {
		p                Publisher
		entity, on, body string
		reported         bool
	}{
		{sales, "Westmere Borough Council", "2018-06-01", "X-D", true},
		{sales, "Reservoir Inspection Agency", "2018-06-01", "X-J", true},
		{sales, "Cogs", "2018-06-01", "", false},
		{sales, "", "2018-06-01", "XC-PUBLISHER-sales-list", false},
		{lakes, "Reservoir Inspection Agency", "2018-06-01", "X-J", false}, // its agency
		{lakes, "Ferry Fares Commission", "2015-06-01", "X-L", false},
		{lakes, "Royal Institute of Arches", "2018-06-01", "X-K", false}, // an agency, the register does not say whose
		{lakes, "Mereshire Constabulary", "2018-06-01", "X-N", true},
		{lakes, "Westmere Borough Council", "2018-06-01", "X-D", true},
		{Publisher{"ria", "Reservoir Inspection Agency", "X-J"}, "Ferry Fares Commission", "2015-06-01", "X-L", false}, // under one department
		{Publisher{"westmere", "Westmere BC", "X-D"}, "Westmere County Council", "2018-06-01", "X-M", true},
		{Publisher{"westmere", "Westmere BC", "X-D"}, "Reservoir Inspection Agency", "2018-06-01", "X-J", true},
		{Publisher{"north", "Northmereshire Council", "X-C"}, "Eastmere District Council", "2018-06-01", "X-A", false},          // it took over
		{Publisher{"eastmere", "Eastmere District Council", "X-A"}, "Northmereshire County Council", "2018-06-01", "X-B", true}, // one council took over from both
		{east, "NHS Great Mere Integrated Care Board", "2022-08-01", "X-G", false},                                              // took over from who took over
		{east, "Department for Lakes and Rivers", "2018-06-01", "X-E", false},                                                   // the family, in the entity's column
	} {
		got := At(r.Resolve(c.p, c.entity), day(c.on))
		if got.Body != c.body || got.Reported != c.reported {
			t.Errorf("%s, %q: %q, reported %t (%s); want %q, %t", c.p.ID, c.entity, got.Body, got.Reported, got.Reason, c.body, c.reported)
		}
		if strings.Contains(got.Reason, "does not answer for it") != c.reported {
			t.Errorf("%s, %q: the reason %q does not say whether it is reported (%t)", c.p.ID, c.entity, got.Reason, c.reported)
		}
	}
}

// TestReports holds the same of a body that somebody names.
func TestReports(t *testing.T) {
	r := madeRegister(t)
	sales := Publisher{"sales-list", "Sales to the public sector", ""}
	lakes := Publisher{"dflr", "Department for Lakes & Rivers", "X-I"}
	for _, c := range []struct {
		p            Publisher
		entity, body string
		want         bool
	}{
		{sales, "Cogs", "X-D", true},
		{sales, "", "X-D", false}, // the publisher itself is said to be the body
		{sales, "Sales to the Public Sector", "X-D", false},
		{sales, "Cogs", "", false},
		{lakes, "Locks", "X-J", false}, // its agency
		{lakes, "Locks", "X-D", true},
	} {
		if got := r.Reports(c.p, c.entity, c.body); got != c.want {
			t.Errorf("%s says %q, which is %q: reported %t", c.p.ID, c.entity, c.body, got)
		}
	}
}

func TestResolve(t *testing.T) {
	r := madeRegister(t)
	county := Publisher{"northmere", "Northmereshire County Council", "X-B"}
	lakes := Publisher{"dflr", "Department for Lakes & Rivers", "X-I"}
	hospital := Publisher{"mere-hospitals", "Mere and Fell University Hospitals NHS FT", "X-H"}
	east := Publisher{"east-ccg", "NHS Eastmere CCG", "X-E"}
	west := Publisher{"westmere", "Westmere BC", "X-D"}
	stranger := Publisher{"hill-parish", "Hill Parish Council", ""}
	for _, c := range []struct {
		p                          Publisher
		entity, on, body, how, why string
	}{
		{county, "", "2018-06-01", "X-B", "publisher", "no entity is named"},
		{county, "", "2019-04-01", "X-C", "publisher", "took over"},
		{county, "NORTHMERESHIRE  County Council", "2018-06-01", "X-B", "publisher", "by name"},
		{county, "Northmereshire County Council - Schools", "2018-06-01", "X-B", "part of publisher", "more beside it"},
		{county, "NCC Highways", "2018-06-01", "X-B", "part of publisher", "short name"},
		{county, "Northmereshire CC-Hillside", "2018-06-01", "X-B", "part of publisher", "begins with the publisher's name"},
		{county, "N C C Hillside", "2018-06-01", "X-B", "part of publisher", "begins with the publisher's short name"},
		{county, "Hillside Primary School", "2018-06-01", "X-B", "part of publisher", "a place such as councils run"},
		{county, "Hillside Trading Ltd", "2018-06-01", "", "unknown", "no body of the register"},
		{county, "Hillside", "2018-06-01", "", "unknown", "no body of the register"},
		{county, "Eastmere DC", "2018-06-01", "X-A", "normalised name", "short forms"},
		{county, "Eastmere District Council", "2018-06-01", "X-A", "exact name", "in the register"},
		{county, "Eastmere District Council", "2019-04-01", "X-C", "exact name", "ended on 2019-03-31 and Northmereshire Council took over"},
		{county, "X-A", "2018-06-01", "X-A", "id", "code"},
		{county, "E99000003", "2020-06-01", "X-C", "id", "code"},
		{county, "E99000003", "2018-06-01", "", "unknown", "began on 2019-04-01"},
		{west, "Westmere", "2018-06-01", "X-D", "publisher", "by name"},
		{west, "Westmere County Council", "2018-06-01", "X-M", "exact name", "in the register"},
		{county, "Borough of Westmere", "2018-06-01", "X-D", "normalised name", ""},
		{county, "Westmere Council", "2018-06-01", "", "unknown", "could be"},
		{county, "Westmere", "2018-06-01", "X-D", "alias", "goes by"},
		{county, "RIA", "2018-06-01", "", "unknown", ""},
		{lakes, "Dept for Lakes and Rivers", "2018-06-01", "X-I", "publisher", "by name"},
		{lakes, "DfLR", "2018-06-01", "X-I", "publisher", "by name"},
		{lakes, "Core DfLR", "2018-06-01", "X-I", "part of publisher", "short name"},
		{lakes, "DfLR (Department for Lakes and Rivers)", "2018-06-01", "X-I", "publisher", "short form"},
		{lakes, "Corporate", "2018-06-01", "X-I", "part of publisher", "words name a part"},
		{lakes, "Ferries & Canals Directorate", "2018-06-01", "X-I", "part of publisher", "last word"},
		{lakes, "Ministry of Water", "2009-06-01", "X-I", "alias", "goes by"},
		{lakes, "RIA", "2018-06-01", "X-J", "alias", "family"},
		{lakes, "RIA - Reservoir Inspection Agency", "2018-06-01", "X-J", "exact name", "by its part"},
		{lakes, "RIA Reservoir Inspection Agency", "2018-06-01", "X-J", "exact name", "by its part"},
		{lakes, "Resevoir Inspection Agency", "2018-06-01", "X-J", "spelling", "but for a letter"},
		{lakes, "Royal Institute of Arches", "2018-06-01", "X-K", "exact name", ""},
		{lakes, "Ferry Fares Commission", "2015-06-01", "X-L", "exact name", "family"},
		{lakes, "Ferry Fares Commission", "2016-06-01", "", "unknown", "more than one body took over"},
		{county, "Council", "2018-06-01", "X-B", "part of publisher", "words name a part"},
		{county, "Housing Trust", "2018-06-01", "", "unknown", "no body of the register"},
		{hospital, "Mere & Fell NHS Trust", "2018-06-01", "X-H", "publisher", "shortened"},
		{hospital, "Mere and Fell University Hospital NHS Trust", "2018-06-01", "X-H", "normalised name", ""},
		{county, "Mere and Fell University Hospitals NHS Trust", "2018-06-01", "X-H", "normalised name", ""},
		{east, "NHS EASTMERE CCG31/01/2021", "2018-06-01", "X-E", "publisher", "by name"},
		{east, "Eastmere Clinical Commissioning Group", "2021-01-31", "X-F", "normalised name", "took over"},
		{east, "", "2023-01-31", "X-G", "publisher", "took over"},
		{county, "Mereshire Police", "2018-06-01", "X-N", "normalised name", ""},
		{stranger, "", "2018-06-01", "XC-PUBLISHER-hill-parish", "publisher", "does not know it"},
		{stranger, "Corporate", "2018-06-01", "", "unknown", ""},
		{Publisher{"q", "NHS Great Mere CCG", ""}, "", "2021-01-31", "X-F", "publisher", "its name is in the register"},
	} {
		s := At(r.Resolve(c.p, c.entity), day(c.on))
		if s.Body != c.body || s.Method != c.how || !strings.Contains(s.Reason, c.why) {
			t.Errorf("%s: %q on %s: %q by %s (%s); want %q by %s (%s)", c.p.ID, c.entity, c.on, s.Body, s.Method, s.Reason, c.body, c.how, c.why)
		}
		if (s.Body == "") != (s.Confidence == 0) || s.Confidence > 1 {
			t.Errorf("%s: %q on %s: body %q with confidence %v", c.p.ID, c.entity, c.on, s.Body, s.Confidence)
		}
	}
}

// TestSpansHoldEveryDay asks that spans run on from each other, from no
// beginning to no end, whatever the name.
func TestSpansHoldEveryDay(t *testing.T) {
	r := madeRegister(t)
	var entities []string
	for _, b := range r.Bodies() {
		entities = append(entities, b.Name, "Core "+b.Name, b.ID, strings.ToUpper(b.Name[:7]))
	}
	entities = append(entities, "", " ", "-", "()", "&", "é", "31/01/2021", "A B C", strings.Repeat("very long ", 400))
	for _, b := range r.Bodies() {
		for _, p := range []Publisher{{"p", b.Name, b.ID}, {"p", b.Name, ""}, {"", "", ""}, {"p", "", "Y-1"}} {
			for _, e := range entities {
				runsOn(t, e, r.Resolve(p, e))
			}
		}
	}
}

func runsOn(t *testing.T, entity string, spans []Span) {
	t.Helper()
	if len(spans) == 0 || spans[0].From != schemas.NoDate || spans[len(spans)-1].To != schemas.NoDate {
		t.Fatalf("%q: the spans leave days out: %v", entity, spans)
	}
	for i, s := range spans {
		if s.Reason == "" || s.Method == "" || s.Version == "" {
			t.Errorf("%q: a span without reason, method or version: %v", entity, s)
		}
		if i > 0 && (spans[i-1].To == schemas.NoDate || s.From != spans[i-1].To+1) {
			t.Errorf("%q: the spans leave days out or hold some twice: %v", entity, spans)
		}
	}
}

func TestNoDate(t *testing.T) {
	r := madeRegister(t)
	p := Publisher{"dflr", "Department for Lakes & Rivers", "X-I"}
	if s := At(r.Resolve(p, ""), schemas.NoDate); s.Body != "X-I" {
		t.Errorf("a body of all days: %v", s)
	}
	if s := At(r.Resolve(p, "Eastmere District Council"), schemas.NoDate); s.Body != "" || s.Confidence != 0 {
		t.Errorf("two bodies, one after the other: %v", s)
	}
}

func TestWith(t *testing.T) {
	r := madeRegister(t)
	hill := Publisher{"hill-parish", "Hill Parish Council", ""}
	more := r.With([]schemas.Body{
		{ID: "Y-1", Name: "Hill Parish Council", Kind: "parish", From: schemas.NoDate, To: schemas.NoDate},
		{ID: "X-D", Name: "Westmere City Council", Kind: "council", From: schemas.NoDate, To: schemas.NoDate},
	})
	if s := more.Resolve(hill, "")[0]; s.Body != "Y-1" {
		t.Errorf("an imported body is not found: %v", s)
	}
	if b, _ := more.Body("X-D"); b.Name != "Westmere City Council" {
		t.Errorf("an imported body does not take the place of the one held: %v", b)
	}
	if s := r.Resolve(hill, "")[0]; s.Body != "XC-PUBLISHER-hill-parish" || r.Version() == more.Version() {
		t.Errorf("the register itself has changed: %v", s)
	}
}

func BenchmarkResolve(b *testing.B) {
	r, err := LoadRegister()
	if err != nil {
		b.Fatal(err)
	}
	p := Publisher{"dft", "Department for Transport", "GB-GOR-D9"}
	entities := []string{"", "Dept for Transport", "VCA - Vehicle Certification Agency", "Dorset County Council", "Hillside Trading Ltd", "Shared Services"}
	for i := 0; b.Loop(); i++ {
		r.Resolve(p, entities[i%len(entities)])
	}
}
