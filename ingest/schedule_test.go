package ingest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"commonspend/schemas"
)

func at(text string) time.Time {
	t, err := time.Parse(time.DateTime, text)
	if err != nil {
		panic(err)
	}
	return t
}

func addresses(errands []Errand) []string {
	var list []string
	for _, errand := range errands {
		list = append(list, errand.File.URL)
	}
	return list
}

func testSchedule(t *testing.T) *Schedule {
	t.Helper()
	april, _ := schemas.ParsePeriod("2026-04")
	s, err := NewSchedule([]Source{
		{ID: "daily", URL: "https://a.example/spend.csv", Period: schemas.NoPeriod},
		{ID: "monthly", Schedule: "30 1 1 * *", Files: []SourceFile{{URL: "https://b.example/1"}, {URL: "https://b.example/2", Period: april}}},
	}, "0 6 * * *")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestScheduleDue(t *testing.T) {
	s := testSchedule(t)
	now := at("2026-04-10 06:00:00")
	checked := func(text string) State { return State{Checked: at(text)} }
	for _, test := range []struct {
		name string
		seen map[string]State
		want []string
		next string
	}{
		{"never seen", nil, []string{"https://a.example/spend.csv", "https://b.example/1", "https://b.example/2"}, "2026-04-10 06:00:00"},
		{"due on the minute, and once for many days missed", map[string]State{
			"https://a.example/spend.csv": checked("2026-04-02 06:00:00"),
			"https://b.example/1":         checked("2026-04-01 01:30:00"),
			"https://b.example/2":         checked("2026-04-01 01:29:59"),
		}, []string{"https://a.example/spend.csv", "https://b.example/2"}, "2026-04-10 06:00:00"},
		{"all seen", map[string]State{
			"https://a.example/spend.csv": checked("2026-04-10 06:00:00"),
			"https://b.example/1":         checked("2026-04-10 06:00:00"),
			"https://b.example/2":         checked("2026-04-10 06:00:00"),
		}, nil, "2026-04-11 06:00:00"},
		{"put off by the host, and seen by a clock that was ahead", map[string]State{
			"https://a.example/spend.csv": {Checked: at("2026-04-02 06:00:00"), NotBefore: at("2026-04-10 07:00:00")},
			"https://b.example/1":         checked("2027-01-01 00:00:00"),
			"https://b.example/2":         checked("2026-04-10 06:00:00"),
		}, []string{"https://b.example/1"}, "2026-04-10 06:00:00"},
		{"put off by an hour, nothing else due", map[string]State{
			"https://a.example/spend.csv": {Checked: at("2026-04-02 06:00:00"), NotBefore: at("2026-04-10 07:00:00")},
			"https://b.example/1":         checked("2026-04-10 06:00:00"),
			"https://b.example/2":         checked("2026-04-10 06:00:00"),
		}, nil, "2026-04-10 07:00:00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := addresses(s.Due(now, test.seen)); !slices.Equal(got, test.want) {
				t.Errorf("due %v, want %v", got, test.want)
			}
			if next, ok := s.Next(now, test.seen); !ok || !next.Equal(at(test.next)) {
				t.Errorf("next %v %v, want %s", next, ok, test.next)
			}
		})
	}
}

// Times are UTC whatever zone the clock is in: on 29 March 2026 the clocks in
// London went from 01:00 to 02:00, and 01:30 UTC came all the same.
func TestScheduleIsInUTC(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Skip("this machine has no zone data")
	}
	s, err := NewSchedule([]Source{{ID: "a", URL: "https://a.example/", Schedule: "30 1 * * *"}}, "")
	if err != nil {
		t.Fatal(err)
	}
	checked := at("2026-03-28 01:30:00").In(london)
	next, _ := s.Next(checked, map[string]State{"https://a.example/": {Checked: checked}})
	if want := at("2026-03-29 01:30:00"); !next.Equal(want) {
		t.Errorf("next %v, want %v", next.UTC(), want)
	}
}

func TestScheduleWithoutSources(t *testing.T) {
	s, err := NewSchedule(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if next, ok := s.Next(startOfTest, nil); ok {
		t.Errorf("next %v", next)
	}
}

func TestCheckSchedule(t *testing.T) {
	for expression, words := range map[string]string{
		"0 5 * * *":                    "",
		"@daily":                       "",
		"@every 2s":                    "",
		"*/15 6-20 * * mon-fri":        "",
		"":                             "5 parts are needed, and it has 0",
		"0 5 * *":                      "5 parts are needed, and it has 4",
		"0 25 * * *":                   "end of range (25) above maximum (23)",
		"@sometimes":                   "unrecognized descriptor",
		"0 0 31 2 *":                   "that day never comes",
		"TZ=Europe/London":             "times are in UTC",
		"CRON_TZ=Asia/Tokyo 0 5 * * *": "times are in UTC",
	} {
		err := CheckSchedule(expression)
		if words == "" && err != nil || words != "" && (err == nil || !strings.Contains(err.Error(), words)) {
			t.Errorf("CheckSchedule(%q) = %v, want %q", expression, err, words)
		}
	}
	if _, err := NewSchedule([]Source{{ID: "a/spend", Schedule: "never"}}, ""); err == nil || !strings.Contains(err.Error(), "source a/spend") {
		t.Errorf("the error does not name the source: %v", err)
	}
}

func TestByHost(t *testing.T) {
	var errands []Errand
	for _, url := range []string{"https://a.example/1", "http://b.example/", "http://A.example:8080/2"} {
		errands = append(errands, Errand{File: SourceFile{URL: url}})
	}
	parts := ByHost(errands)
	if len(parts) != 2 || !slices.Equal(addresses(parts[0]), []string{"https://a.example/1", "http://A.example:8080/2"}) {
		t.Errorf("%+v", parts)
	}
	if parts := ByHost(nil); len(parts) != 0 {
		t.Errorf("%+v", parts)
	}
}
