package main

import (
	"fmt"
	"net"
	"regexp"
	"slices"
	"strings"
	"time"

	"commonspend/ingest"
	"commonspend/schemas"
)

// configCheck turns what is written into what it means. The first mistake is
// kept in err, and what follows it is of no consequence.
type configCheck struct {
	path string
	err  error
	seen map[string]placed // "publisher anytown", "source anytown", "url https://…" -> where
}

func newConfigCheck(path string) *configCheck {
	return &configCheck{path: path, seen: map[string]placed{}}
}

func (c *configCheck) fail(at placed, format string, args ...any) {
	if c.err == nil {
		c.err = &configError{Path: c.path, Line: at.line, Column: at.column, Sentence: fmt.Sprintf(format, args...)}
	}
}

func (c *configCheck) config(written configFile) *Config {
	config := &Config{
		Data:     written.Data.text,
		Listen:   c.listen(written.Listen),
		Contact:  c.contact(written.Contact),
		Schedule: c.schedule(written.Schedule),
		Fetch:    c.fetch(written.Fetch),
		Limits:   c.limits(written.Limits),

		SubmitBytes: c.size(written.Submit.MaxSize),
	}
	for _, entry := range written.Publishers {
		publisher := c.publisher(entry)
		config.Publishers = append(config.Publishers, publisher)
		config.Sources = append(config.Sources, c.sources(entry, publisher)...)
	}
	if len(config.Sources) > 0 && config.Contact == "" {
		c.fail(placed{}, "contact is missing: give an e-mail or web address, so that the publishers whose servers are asked know whom to write to")
	}
	return config
}

func (c *configCheck) fetch(written configFetch) FetchConfig {
	fetch := FetchConfig{
		Gap:           c.duration(written.Gap),
		Timeout:       c.duration(written.Timeout),
		MaxBytes:      c.size(written.MaxSize),
		AllowLoopback: c.truth(written.AllowLoopback),
		AllowPrivate:  c.truth(written.AllowPrivate),
	}
	if written.Gap.text == "" {
		fetch.Gap = time.Second
	}
	if written.Timeout.text != "" && fetch.Timeout == 0 {
		c.fail(written.Timeout, "timeout must be more than 0")
	}
	return fetch
}

func (c *configCheck) limits(written configLimits) ingest.Limits {
	return ingest.Limits{
		FileBytes:   c.size(written.File),
		EntryBytes:  c.size(written.Entry),
		Entries:     c.count(written.Entries),
		Rows:        c.count(written.Rows),
		Columns:     c.count(written.Columns),
		CellBytes:   int(c.size(written.Cell)),
		RecordBytes: int(c.size(written.Record)),
	}
}

// publisherID names a folder and stands in web addresses.
var publisherID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (c *configCheck) publisher(entry configEntry) schemas.Publisher {
	at := firstPlaced(entry.ID, entry.Name, entry.Body, entry.Sector, entry.Kind, entry.Licence)
	switch id := entry.ID; {
	case id.text == "":
		c.fail(at, "this publisher has no id")
	case !publisherID.MatchString(id.text):
		c.fail(id, "%q cannot be a publisher's id: use small letters, digits and single hyphens", id.text)
	default:
		c.once("publisher "+id.text, id)
	}
	if entry.Name.text == "" {
		c.fail(at, "the publisher %q has no name", entry.ID.text)
	}
	return schemas.Publisher{
		ID:          entry.ID.text,
		Name:        entry.Name.text,
		BodyID:      entry.Body.text,
		Sector:      c.oneOf(entry.Sector, "local", "central", "nhs", "other"),
		Kind:        entry.Kind.text,
		Duty:        c.duty(entry.Duty),
		Threshold:   c.pounds(entry.Threshold),
		Licence:     entry.Licence.text,
		Attribution: entry.Attribution.text,
	}
}

// sources lists a publisher's sources; files right under the publisher are one.
func (c *configCheck) sources(entry configEntry, publisher schemas.Publisher) []ingest.Source {
	written := entry.Sources
	if len(entry.Files) > 0 {
		written = append([]configSource{{Files: entry.Files}}, written...)
	}
	var sources []ingest.Source
	for i, from := range written {
		id := from.ID
		if id.text == "" {
			id = firstPlaced(from.URL, from.place(), from.Duty, entry.ID)
			id.text = publisher.ID
			if i > 0 {
				id.text = fmt.Sprintf("%s-%d", publisher.ID, i+1)
			}
		}
		c.once("source "+id.text, id)
		sources = append(sources, c.source(from, entry, id))
	}
	return sources
}

func (c *configCheck) source(written configSource, entry configEntry, id placed) ingest.Source {
	source := ingest.Source{
		ID:        id.text,
		Publisher: entry.ID.text,
		URL:       c.url(written.URL),
		Duty:      c.duty(written.Duty),
		Period:    c.period(written.Period),
		Schedule:  c.schedule(firstPlaced(written.Schedule, entry.Schedule)),
	}
	for _, file := range written.Files {
		if file.URL.text == "" {
			c.fail(firstPlaced(file.Period, id, entry.ID), "a file of source %q has no url", source.ID)
		}
		source.Files = append(source.Files, ingest.SourceFile{URL: c.url(file.URL), Period: c.period(file.Period)})
	}
	if (source.URL == "") == (len(source.Files) == 0) {
		c.fail(firstPlaced(id, entry.ID), "the source %q needs either a url or a list of files", source.ID)
	}
	return source
}

// once refuses a second use of what must be the only one.
func (c *configCheck) once(what string, at placed) {
	if before, ok := c.seen[what]; ok {
		c.fail(at, "%s is given twice: the first is on line %d", what, before.line)
	}
	c.seen[what] = at
}

func (c *configCheck) url(written placed) string {
	if written.text == "" {
		return ""
	}
	if err := ingest.CheckURL(written.text); err != nil {
		c.fail(written, "%s", err)
	}
	c.once("url "+written.text, written)
	return written.text
}

func (c *configCheck) schedule(written placed) string {
	if written.text == "" {
		return ""
	}
	if err := ingest.CheckSchedule(written.text); err != nil {
		c.fail(written, "%s", err)
	}
	return written.text
}

func (c *configCheck) period(written placed) schemas.Period {
	period, err := schemas.ParsePeriod(written.text)
	if err != nil {
		c.fail(written, "%s", err)
	}
	return period
}

func (c *configCheck) duty(written placed) string {
	known, err := schemas.Duties()
	if err != nil {
		c.fail(written, "%s", err)
	}
	if written.text == schemas.Reported {
		c.fail(written, "duty %s", toldOfLines(known))
	}
	return c.oneOf(written, known...)
}

// toldOfLines says why the duty REPORTED cannot be given, and what can.
func toldOfLines(duties []string) string {
	return schemas.Reported + " is not for a publisher: it is told of each line that is about a body its publisher does not answer for; leave it out or use " +
		strings.Join(duties, ", ")
}

// oneOf is a value that must be one of a few words, or not given.
func (c *configCheck) oneOf(written placed, known ...string) string {
	if written.text != "" && !slices.Contains(known, written.text) {
		c.fail(written, "%s %q is not known: the nearest is %q (all: %s)", written.key, written.text, nearest(written.text, known), strings.Join(known, ", "))
	}
	return written.text
}

func (c *configCheck) listen(written placed) string {
	if written.text == "" {
		return ""
	}
	if _, port, err := net.SplitHostPort(written.text); err != nil || port == "" {
		c.fail(written, "listen %q is not host:port: write it as 127.0.0.1:8080", written.text)
	}
	return written.text
}

// contact goes into a header: one line, something that can be written to.
func (c *configCheck) contact(written placed) string {
	web := ingest.CheckURL(written.text) == nil
	if written.text != "" && (!web && !strings.Contains(written.text, "@") || strings.ContainsFunc(written.text, notInHeader)) {
		c.fail(written, "contact %q is not an e-mail or web address", written.text)
	}
	return written.text
}

// notInHeader tells what would end or split the comment of a User-Agent.
func notInHeader(r rune) bool {
	return r <= ' ' || r >= 0x7f || r == '(' || r == ')' || r == '\\'
}
