package main

import (
	"testing"

	"commonspend/ingest"
)

// TestLimitsComeBackFromTheJournal: a file must be read the same when the
// warehouse is made again, whatever is configured then.
func TestLimitsComeBackFromTheJournal(t *testing.T) {
	for _, limits := range []ingest.Limits{{}, {Rows: 7}, {FileBytes: 1, EntryBytes: 2, Entries: 3, Rows: 4, Columns: 5, CellBytes: 6, RecordBytes: 7}} {
		text, err := limitsText(limits)
		if err != nil {
			t.Fatal(err)
		}
		if (text == "") != (limits == ingest.Limits{}) {
			t.Errorf("%+v is written as %q", limits, text)
		}
		back, err := limitsOf(text)
		if err != nil || back != limits {
			t.Errorf("%+v comes back as %+v (%v)", limits, back, err)
		}
	}
}
