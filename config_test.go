package main

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"commonspend/ingest"
	"commonspend/schemas"
)

func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExampleConfiguration(t *testing.T) {
	config, err := loadConfig(filepath.Join("docs", "commonspend.example.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if config.Data != filepath.Join("docs", "data") || config.Listen != "127.0.0.1:8080" || config.Contact != "spending@example.org" {
		t.Errorf("%+v", config)
	}
	if want := (FetchConfig{Gap: time.Second, Timeout: 10 * time.Minute, MaxBytes: 1 << 30}); config.Fetch != want {
		t.Errorf("fetch %+v, want %+v", config.Fetch, want)
	}
	want := ingest.Limits{FileBytes: 1e9, EntryBytes: 512 << 20, Entries: 2000, Rows: 1e7, Columns: 16384, CellBytes: 1 << 20, RecordBytes: 16 << 20}
	if config.Limits != want || config.SubmitBytes != 100e6 {
		t.Errorf("limits %+v, want %+v", config.Limits, want)
	}
	if len(config.Publishers) != 2 {
		t.Fatalf("%d publishers", len(config.Publishers))
	}
	wantPublisher := schemas.Publisher{ID: "department-of-examples", Name: "Department of Examples", Sector: "central",
		Kind: "Ministerial department", Duty: "HMT25K", Threshold: 25_000_00, Licence: "OGL-UK-3.0",
		Attribution: "Department of Examples, Open Government Licence v3.0."}
	if config.Publishers[1] != wantPublisher {
		t.Errorf("publisher %+v", config.Publishers[1])
	}
}

func TestExampleSources(t *testing.T) {
	config, err := loadConfig(filepath.Join("docs", "commonspend.example.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, source := range config.Sources {
		for _, file := range source.List() {
			got = append(got, strings.Join([]string{source.ID, source.Publisher, source.Duty, source.Schedule, file.URL, file.Period.String()}, " | "))
		}
	}
	want := []string{
		"anytown | anytown |  | 30 6 * * mon | https://data.anytown.example/spend-over-500.csv | ",
		"anytown-cards | anytown | CARD | @monthly | https://data.anytown.example/purchase-cards.xlsx | ",
		"department-of-examples | department-of-examples |  |  | https://assets.examples.example/2026-04.csv | 2026-04",
		"department-of-examples | department-of-examples |  |  | https://assets.examples.example/2026-05.csv | 2026-05",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("sources\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if _, err := ingest.NewSchedule(config.Sources, config.Schedule); err != nil {
		t.Error(err)
	}
}

// The example says that it shows every key there is.
func TestExampleShowsEveryKey(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("docs", "commonspend.example.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range []reflect.Type{
		reflect.TypeFor[configFile](), reflect.TypeFor[configFetch](), reflect.TypeFor[configLimits](),
		reflect.TypeFor[configEntry](), reflect.TypeFor[configSource](), reflect.TypeFor[configSourceFile](),
	} {
		for _, key := range knownKeys(block) {
			if !strings.Contains(string(text), key+":") {
				t.Errorf("%s is not shown", key)
			}
		}
	}
}

func TestEmptyConfiguration(t *testing.T) {
	for _, text := range []string{"", "\n", "# nothing yet\n", "---\n", "publishers:\nfetch:\n"} {
		config, err := loadConfig(writeFile(t, "c.yaml", text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if config.Data != "" || config.Fetch.Gap != time.Second {
			t.Errorf("%q: %+v", text, config)
		}
	}
}

func TestConfigurationMistakes(t *testing.T) {
	const anytown = "contact: a@example.org\npublishers:\n  - id: anytown\n    name: Anytown\n"
	for _, test := range []struct{ name, text, want string }{
		{"unknown key at the top", "dta: x\n", `1:1: the key "dta" is not known: the nearest known here is "data"`},
		{"unknown key of a publisher", anytown + "    treshold: 500\n", `5:5: the key "treshold" is not known: the nearest known here is "threshold"`},
		{"unknown key of a source", anytown + "    sources:\n      - rul: https://a.example/\n", `6:9: the key "rul" is not known: the nearest known here is "url"`},
		{"unknown key of fetch, in braces", "fetch: {gap: 1s, maxsize: 1 GB}\n", `1:18: the key "maxsize" is not known: the nearest known here is "max_size"`},
		{"the first of two mistakes", "lisen: x\ndta: x\n", `1:1: the key "lisen" is not known: the nearest known here is "listen"`},
		{"a key given twice", "data: x\ndata: y\n", `2:1: this is not YAML as it should be: mapping key "data" already defined at [1:1]`},
		{"not a block", "just words\n", `1:1: a configuration takes a block of keys: data, listen, contact, schedule, fetch, limits, submit, publishers`},
		{"not a list", "publishers: anytown\n", `1:13: publishers takes a list: begin each entry with a dash`},
		{"an entry that is no block", "publishers:\n  - anytown\n", `2:5: an entry of publishers takes a block of keys: id, name, body, sector, kind, duty, threshold, licence, attribution, schedule, files, sources`},
		{"a block for a list", "publishers:\n  id: anytown\n", `2:3: publishers takes a list: begin each entry with a dash`},
		{"a list for a value", "data: [a, b]\n", `1:7: data takes one value, not a list or a block of keys`},
		{"two documents", "data: a\n---\ndata: b\n", `3:1: a second document begins here: a configuration is one document`},
		{"a tab", "fetch:\n\tgap: 1s\n", "2:1: this is not YAML as it should be: found character '\t' that cannot start any token"},
		{"no id", "publishers:\n  - name: Anytown\n", `2:11: this publisher has no id`},
		{"no name", "publishers:\n  - id: anytown\n", `2:9: the publisher "anytown" has no name`},
		{"an id that is no folder's", "publishers:\n  - id: ../Any Town\n    name: A\n", `2:9: "../Any Town" cannot be a publisher's id: use small letters, digits and single hyphens`},
		{"an id twice", anytown + "  - id: anytown\n    name: Again\n", `5:9: publisher anytown is given twice: the first is on line 3`},
		{"sector", anytown + "    sector: locl\n", `5:13: sector "locl" is not known: the nearest is "local" (all: local, central, nhs, other)`},
		{"duty", anytown + "    duty: LGTC50\n", `5:11: duty "LGTC50" is not known: the nearest is "LGTC500" (all: LGTC500, HMT25K, PA23S70, CARD, OTHER)`},
		{"a duty that is told of lines", anytown + "    duty: REPORTED\n", `5:11: duty REPORTED is not for a publisher: it is told of each line that is about a body its publisher does not answer for; leave it out or use LGTC500, HMT25K, PA23S70, CARD, OTHER`},
		{"threshold", anytown + "    threshold: five\n", `5:16: threshold "five" is not an amount in pounds: write it as 500 or 25000`},
		{"threshold below nothing", anytown + "    threshold: -500\n", `5:16: threshold "-500" is not an amount in pounds: write it as 500 or 25000`},
		{"cron of a publisher", anytown + "    schedule: 5 25 * * *\n    sources:\n      - url: https://a.example/\n",
			`5:15: the schedule "5 25 * * *" cannot be read: end of range (25) above maximum (23): 25; write it as in "0 5 * * *" (minute hour day month weekday, UTC) or as @daily`},
		{"cron by default", "schedule: daily\n", `1:11: the schedule "daily" cannot be read: 5 parts are needed, and it has 1; write it as in "0 5 * * *" (minute hour day month weekday, UTC) or as @daily`},
		{"url", anytown + "    sources:\n      - url: ftp://a.example/x.csv\n", `6:14: "ftp://a.example/x.csv" begins with ftp: only http and https are fetched`},
		{"url twice", anytown + "    sources:\n      - url: https://a.example/\n      - url: https://a.example/\n", `7:14: url https://a.example/ is given twice: the first is on line 6`},
		{"url and files", anytown + "    sources:\n      - url: https://a.example/1\n        files:\n          - url: https://a.example/2\n", `6:14: the source "anytown" needs either a url or a list of files`},
		{"neither url nor files", anytown + "    sources:\n      - duty: CARD\n", `6:15: the source "anytown" needs either a url or a list of files`},
		{"a file without url", anytown + "    files:\n      - period: 2026-04\n", `6:17: a file of source "anytown" has no url`},
		{"source id twice", anytown + "    sources:\n      - {id: a, url: https://a.example/1}\n      - {id: a, url: https://a.example/2}\n", `7:14: source a is given twice: the first is on line 6`},
		{"period", anytown + "    files:\n      - url: https://a.example/1\n        period: April\n", `7:17: "April" is not a period: write 2018-04, 2018/19 or 2018-04-01..2018-06-30`},
		{"no contact", "publishers:\n  - {id: a, name: A, files: [{url: https://a.example/}]}\n", `contact is missing: give an e-mail or web address, so that the publishers whose servers are asked know whom to write to`},
		{"contact", "contact: ask me\n", `1:10: contact "ask me" is not an e-mail or web address`},
		{"listen", "listen: 8080\n", `1:9: listen "8080" is not host:port: write it as 127.0.0.1:8080`},
		{"gap", "fetch:\n  gap: soon\n", `2:8: gap "soon" is not a length of time: write it as 500ms, 1s or 10m`},
		{"timeout", "fetch:\n  timeout: 0s\n", `2:12: timeout must be more than 0`},
		{"max_size", "fetch:\n  max_size: 5 XB\n", `2:13: max_size "5 XB" is not a size: write it as 500 MB or 1 GiB, under 1000 GB`},
		{"max_size beyond counting", "fetch:\n  max_size: 99999999999 GB\n", `2:13: max_size "99999999999 GB" is not a size: write it as 500 MB or 1 GiB, under 1000 GB`},
		{"allow_loopback", "fetch:\n  allow_loopback: yep\n", `2:19: allow_loopback "yep" is neither true nor false`},
		{"rows", "limits:\n  rows: 0\n", `2:9: rows "0" is not a number from 1 to 2147483647`},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := writeFile(t, "c.yaml", test.text)
			_, err := loadConfig(path)
			wantConfigError(t, err, path, test.want)
		})
	}
}

// wantConfigError expects want after the path: "line:column: sentence", or
// the sentence alone where the mistake is of the whole file.
func wantConfigError(t *testing.T, err error, path, want string) {
	t.Helper()
	var mistake *configError
	if !errors.As(err, &mistake) {
		t.Fatalf("error %v, want a configError", err)
	}
	got, _ := strings.CutPrefix(err.Error(), path+":")
	if got = strings.TrimPrefix(got, " "); got != want {
		t.Errorf("error\n%s\nwant\n%s", got, want)
	}
}

func TestConfigurationThatCannotBeRead(t *testing.T) {
	folder := t.TempDir()
	_, err := loadConfig(folder)
	wantConfigError(t, err, folder, "this is a folder where a file is needed")
	absent := filepath.Join(folder, "absent.yaml")
	_, err = loadConfig(absent)
	wantConfigError(t, err, absent, "there is no such file; write it, or name another")
}

func TestPounds(t *testing.T) {
	for text, want := range map[string]schemas.Amount{
		"500": 500_00, "25,000": 25_000_00, "25_000": 25_000_00, "£30,000": 30_000_00,
		"0": 0, "0.07": 7, "12.5": 12_50, "12.50": 12_50, `"500"`: 500_00,
	} {
		path := writeFile(t, "c.yaml", "publishers:\n  - {id: a, name: A, threshold: '"+strings.Trim(text, `"`)+"'}\n")
		config, err := loadConfig(path)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := config.Publishers[0].Threshold; got != want {
			t.Errorf("%s is %d pence, want %d", text, got, want)
		}
	}
	for _, text := range []string{"1.234", ".5", "5.", "1e3", "£", "-1", "0x10", "99999999999999999999"} {
		path := writeFile(t, "c.yaml", "publishers:\n  - {id: a, name: A, threshold: '"+text+"'}\n")
		if _, err := loadConfig(path); err == nil {
			t.Errorf("%s is taken for an amount", text)
		}
	}
}

func TestSharedBlocksByAnchor(t *testing.T) {
	config, err := loadConfig(writeFile(t, "c.yaml", `publishers:
  - id: a
    name: A
    licence: &ogl OGL-UK-3.0
  - id: b
    name: B
    licence: *ogl
`))
	if err != nil {
		t.Fatal(err)
	}
	if got := config.Publishers[1].Licence; got != "OGL-UK-3.0" {
		t.Errorf("licence %q", got)
	}
}

func TestEditDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"url", "", 3}, {"", "url", 3}, {"url", "url", 0}, {"rul", "url", 1}, {"treshold", "threshold", 1}, {"licence", "license", 1}, {"kitten", "sitting", 3}} {
		if got := editDistance(test.a, test.b); got != test.want {
			t.Errorf("%s to %s is %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

func TestPublishersCSV(t *testing.T) {
	path := writeFile(t, "PUBLISHERS.csv", "\ufefffolder,publisher,body_id,sector,body_type,threshold,duty,licence\r\n"+
		"anytown,\"Anytown, District of\",GB-LAE-XXX,local,Non-metropolitan district,500,LGTC500,OGL-UK-3.0\r\n"+
		"examples,Department of Examples,,central,,,,\r\n")
	got, err := loadPublishersCSV(path)
	if err != nil {
		t.Fatal(err)
	}
	want := []schemas.Publisher{
		{ID: "anytown", Name: "Anytown, District of", BodyID: "GB-LAE-XXX", Sector: "local", Kind: "Non-metropolitan district", Threshold: 500_00, Duty: "LGTC500", Licence: "OGL-UK-3.0"},
		{ID: "examples", Name: "Department of Examples", Sector: "central"},
	}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("%+v", got)
	}
}

func TestPublishersCSVMistakes(t *testing.T) {
	const header = "folder,publisher,body_id,sector,body_type\n"
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", "this file is empty: its first line must be folder,publisher,body_id,sector,body_type"},
		{"unknown column", "folder,publisher,bodyid\n", `1:18: the column "bodyid" is not known: the nearest known is "body_id"`},
		{"column twice", "folder,publisher,folder\n", `1:18: the column folder is given twice: the first is on line 1`},
		{"missing column", "folder,sector\n", `1:1: the column "publisher" is missing`},
		{"short line", header + "a,A\n", `2:1: this line has 2 cells where the header has 5`},
		{"folder twice", header + "a,A,,,\na,B,,,\n", `3:1: publisher a is given twice: the first is on line 2`},
		{"no folder", header + ",A,,,\n", `2:1: this publisher has no id`},
		{"sector", header + "a,A,,health,\n", `2:6: sector "health" is not known: the nearest is "local" (all: local, central, nhs, other)`},
		{"stray quote", header + "a,\"A\" b,,,\n", `2:5: this line is not CSV: extraneous or missing " in quoted-field`},
		{"not UTF-8", header + "a,\xa3,,,\n", "this file is not UTF-8: save it as CSV UTF-8"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := writeFile(t, "PUBLISHERS.csv", test.text)
			_, err := loadPublishersCSV(path)
			wantConfigError(t, err, path, test.want)
		})
	}
}

func TestPublishersCSVOfTheCorpus(t *testing.T) {
	path := filepath.Join("..", "shared", "data", "corpus", "PUBLISHERS.csv")
	if _, err := os.Stat(path); err != nil {
		t.Skip("../shared/data is absent")
	}
	publishers, err := loadPublishersCSV(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(publishers) != 74 {
		t.Errorf("%d publishers, want 74", len(publishers))
	}
	for _, publisher := range publishers {
		if publisher.Licence != "" || publisher.Body() == "" {
			t.Errorf("publisher %s: licence or body", publisher.ID)
		}
	}
}

// No configuration, however broken, is more than a mistake in one sentence.
func FuzzConfiguration(f *testing.F) {
	example, err := os.ReadFile(filepath.Join("docs", "commonspend.example.yaml"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(example))
	f.Add("publishers:\n  - {id: a, name: &n A, files: [{url: 'https://a.example/', period: 2026-04}]}\n  - <<: *n\n")
	f.Add("data: |\n  a\n--- !t\n? [a]\n: b\n")
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(folder, "c.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := loadConfig(path)
		var mistake *configError
		if err != nil && !errors.As(err, &mistake) {
			t.Errorf("error %v, want a configError", err)
		}
	})
}
