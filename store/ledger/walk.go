package ledger

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// Head returns how far the journal goes.
func (l *Ledger) Head() (Head, error) {
	head, _, err := l.walk(func(Event) error { return nil })
	return head, err
}

// Events yields every event in order, checking the chain as it goes. It
// returns the journal's head, or a Damage where the chain is broken or lines
// that were acknowledged are missing.
func (l *Ledger) Events(yield func(Event) error) (Head, error) {
	head, _, err := l.walk(yield)
	return head, err
}

// walk reads the journal to its last whole line and returns the head there and
// the offset of its end. The head kept beside the journal is read first, so
// that an append by another process meanwhile cannot look like a loss.
func (l *Ledger) walk(yield func(Event) error) (head Head, end int64, err error) {
	acknowledged, err := l.readHead()
	if err != nil {
		return head, 0, err
	}
	file, err := os.Open(l.journal())
	if errors.Is(err, os.ErrNotExist) {
		return head, 0, checkLength(head, acknowledged)
	}
	if err != nil {
		return head, 0, fmt.Errorf("journal: %w", err)
	}
	defer file.Close()
	for lines := bufio.NewReaderSize(file, 1<<16); ; {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return head, end, checkLength(head, acknowledged)
		}
		if err != nil {
			return head, end, fmt.Errorf("read the journal: %w", err)
		}
		event, next, err := parseLine(line[:len(line)-1], head, acknowledged)
		if err != nil {
			return head, end, err
		}
		head, end = next, end+int64(len(line))
		if err := yield(event); err != nil {
			return head, end, err
		}
	}
}

func parseLine(line []byte, before, acknowledged Head) (Event, Head, error) {
	var event Event
	where := fmt.Sprintf("journal line %d", before.Length+1)
	if err := json.Unmarshal(line, &event); err != nil {
		return event, before, &Damage{What: where, Why: "it is not a whole event: restore the journal from a copy"}
	}
	if event.Sequence != before.Length+1 || event.Previous != before.Hash {
		return event, before, &Damage{What: where, Why: "it does not follow from the line before: restore the journal from a copy"}
	}
	head := Head{Length: event.Sequence, Hash: hashOf(line)}
	if head.Length == acknowledged.Length && head.Hash != acknowledged.Hash {
		return event, before, &Damage{What: where, Why: "it is not the line that was acknowledged: restore the journal from a copy"}
	}
	event.Hash = head.Hash
	return event, head, nil
}

// readHead reads the head kept beside the journal; none is the zero Head.
func (l *Ledger) readHead() (Head, error) {
	data, err := os.ReadFile(l.head())
	if errors.Is(err, os.ErrNotExist) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, fmt.Errorf("journal's head: %w", err)
	}
	var head Head
	if err := json.Unmarshal(data, &head); err != nil || head.Length == 0 {
		return Head{}, &Damage{What: "journal.head", Why: "it cannot be read: restore it from a copy"}
	}
	return head, nil
}

// checkLength compares the journal's end with the head kept beside it. A
// journal that goes further holds an append that was interrupted before it was
// acknowledged; one that ends sooner has been cut.
func checkLength(found, acknowledged Head) error {
	if found.Length < acknowledged.Length {
		why := fmt.Sprintf("it ends after %d events where %d were acknowledged: restore it from a copy", found.Length, acknowledged.Length)
		return &Damage{What: "journal.jsonl", Why: why}
	}
	if acknowledged.Length == 0 && found.Length > 1 {
		return &Damage{What: "journal.head", Why: "it is missing: restore it from a copy"}
	}
	return nil
}
