package category

import "sync"

// readings are values that some desk has read, for the other desks: reading one
// costs far more than finding it here. Like a desk's shelves they hold what was met
// lately.
type readings struct {
	lock         sync.Mutex
	fresh, stale map[readingKey]*kept
}

type readingKey struct {
	role          role
	header, value string
}

// find gives a desk what another made of a value, for its own; nil where none did.
func (r *readings) find(key readingKey) *kept {
	r.lock.Lock()
	defer r.lock.Unlock()
	k, ok := r.fresh[key]
	if !ok {
		if k, ok = r.stale[key]; !ok {
			return nil
		}
		r.put(key, k)
	}
	own := *k
	return &own
}

// keep keeps what a desk made of a value, as it is before the desk adds to it.
func (r *readings) keep(key readingKey, k kept) {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.put(key, &k)
}

func (r *readings) put(key readingKey, k *kept) {
	if r.fresh == nil || len(r.fresh) >= deskValues {
		r.fresh, r.stale = map[readingKey]*kept{}, r.fresh
	}
	r.fresh[key] = k
}
