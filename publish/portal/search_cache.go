package portal

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// answers keeps what searches of one release found: a release never changes,
// so neither do they. Those asking for the same at the same time wait for one
// of them to find it.
type answers struct {
	mu     sync.Mutex
	kept   map[string]*answer
	order  []string // the oldest first
	weight int      // lines kept
}

// mostKept is how many lines are kept of all answers together: some 20 MB.
const mostKept = 100_000

type answer struct {
	ready chan struct{}
	lines any // a slice
	size  int
	err   error
}

// findOnce returns what make finds, from before where that was asked already.
func findOnce[T any](ctx context.Context, a *answers, key string, make func() ([]T, error)) ([]T, error) {
	for {
		found, mine := a.claim(key)
		if mine {
			lines, err := make()
			found.lines, found.size, found.err = lines, len(lines)+1, err
			a.settle(key, found)
			return slices.Clone(lines), err
		}
		select {
		case <-found.ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if found.err == nil {
			return slices.Clone(found.lines.([]T)), nil // callers sort and fill in what they get
		}
		// Who found it may have run out of time: try oneself.
	}
}

// claim returns the answer to a question, and whether the caller is to find it.
func (a *answers) claim(key string) (*answer, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.kept == nil {
		a.kept = map[string]*answer{}
	}
	if found, ok := a.kept[key]; ok {
		return found, false
	}
	found := &answer{ready: make(chan struct{})}
	a.kept[key] = found
	return found, true
}

// settle keeps an answer, and lets go of the oldest where there are too many.
// A failure is not kept.
func (a *answers) settle(key string, found *answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	close(found.ready)
	if found.err != nil {
		delete(a.kept, key)
		return
	}
	a.order = append(a.order, key)
	a.weight += found.size
	for a.weight > mostKept && len(a.order) > 0 {
		oldest := a.order[0]
		a.order = a.order[1:]
		a.weight -= a.kept[oldest].size
		delete(a.kept, oldest)
	}
}

// asKey is a query with its values as text.
func asKey(text string, with values) string {
	var key strings.Builder
	key.WriteString(text)
	for _, name := range slices.Sorted(maps.Keys(with)) {
		fmt.Fprintf(&key, "\x00%s\x00%v", name, with[name])
	}
	return key.String()
}
