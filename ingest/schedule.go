package ingest

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// DefaultSchedule is daily at 05:00 UTC, when publishers' servers are quiet.
const DefaultSchedule = "0 5 * * *"

// Schedule says which addresses are due. It keeps no state and reads no clock:
// what was seen and the present moment are passed in, so that a program that
// was down catches up once, not once for each time missed.
type Schedule struct {
	sources []Source
	plans   []cron.Schedule // one for each source
}

// Errand is one address that is due, and the source it belongs to.
type Errand struct {
	Source Source
	File   SourceFile
}

// NewSchedule reads the schedules of the sources. A source without one takes
// fallback, and where that is "" too, DefaultSchedule.
func NewSchedule(sources []Source, fallback string) (*Schedule, error) {
	s := &Schedule{sources: sources, plans: make([]cron.Schedule, len(sources))}
	for i, source := range sources {
		plan, err := parseCron(firstOf(source.Schedule, fallback, DefaultSchedule))
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", source.ID, err)
		}
		s.plans[i] = plan
	}
	return s, nil
}

// Due lists what is to be fetched at the moment now, in the sources' order.
// seen holds what is remembered of each address; one never seen is due at once.
func (s *Schedule) Due(now time.Time, seen map[string]State) []Errand {
	var due []Errand
	for i, source := range s.sources {
		for _, file := range source.List() {
			if !dueAt(s.plans[i], now, seen[file.URL]).After(now) {
				due = append(due, Errand{Source: source, File: file})
			}
		}
	}
	return due
}

// Next returns the earliest moment at which an address falls due: not before
// now. It is false where there is no address.
func (s *Schedule) Next(now time.Time, seen map[string]State) (time.Time, bool) {
	var next time.Time
	found := false
	for i, source := range s.sources {
		for _, file := range source.List() {
			at := dueAt(s.plans[i], now, seen[file.URL])
			if !found || at.Before(next) {
				next, found = at, true
			}
		}
	}
	if found && next.Before(now) {
		next = now
	}
	return next, found
}

// ByHost parts errands by the host they go to, in the order in which each host
// first appears. One goroutine for each part is all that politeness allows.
func ByHost(errands []Errand) [][]Errand {
	var parts [][]Errand
	place := map[string]int{}
	for _, errand := range errands {
		host := hostOf(errand.File.URL)
		i, known := place[host]
		if !known {
			i = len(parts)
			place[host] = i
			parts = append(parts, nil)
		}
		parts[i] = append(parts[i], errand)
	}
	return parts
}

// dueAt is the moment an address falls due. A check that lies ahead of now is
// from a clock that has since been put back, and is not believed; nor is a
// wait asked for longer than we ever grant.
func dueAt(plan cron.Schedule, now time.Time, seen State) time.Time {
	at := now
	if !seen.Checked.IsZero() && !seen.Checked.After(now) {
		at = plan.Next(seen.Checked.UTC())
	}
	if seen.NotBefore.After(at) && seen.NotBefore.Sub(now) <= maxRetryAfter {
		at = seen.NotBefore
	}
	return at
}

// CheckSchedule says, in one plain sentence, what is wrong with a schedule.
func CheckSchedule(expression string) error {
	_, err := parseCron(expression)
	return err
}

// parseCron reads five cron fields, or a word such as @daily or @every 6h. A
// zone is refused: in Europe/London a task at 01:30 is skipped in spring and
// done twice in autumn.
func parseCron(expression string) (cron.Schedule, error) {
	text := strings.TrimSpace(expression)
	if strings.HasPrefix(text, "TZ=") || strings.HasPrefix(text, "CRON_TZ=") {
		return nil, badCron(text, errors.New("times are in UTC, and no other zone can be set"))
	}
	plan, err := cron.ParseStandard(text)
	if err != nil {
		return nil, badCron(text, plainCron(text, err))
	}
	// The library looks five years ahead; an arbitrary leap-free start will do.
	if plan.Next(time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, badCron(text, errors.New("that day never comes"))
	}
	return plan, nil
}

func badCron(text string, why error) error {
	return fmt.Errorf("the schedule %q cannot be read: %w; write it as in %q (minute hour day month weekday, UTC) or as @daily", text, why, DefaultSchedule)
}

// plainCron puts the commonest mistake in our own words and leaves the rest,
// which name the part and its bounds, in the library's.
func plainCron(text string, err error) error {
	if fields := len(strings.Fields(text)); fields != 5 && !strings.HasPrefix(text, "@") {
		return fmt.Errorf("5 parts are needed, and it has %d", fields)
	}
	return err
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if strings.TrimSpace(text) != "" {
			return text
		}
	}
	return ""
}
