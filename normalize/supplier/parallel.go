package supplier

import (
	"runtime"
	"slices"
	"sync"
)

// piece is how many things are done at once on one core.
const piece = 2048

// inParallel cuts a range into pieces and does them on all cores.
func inParallel(n int, do func(from, to int)) { inPieces(n, piece, do) }

func inPieces(n, size int, do func(from, to int)) {
	var next int
	var lock sync.Mutex
	take := func() int {
		lock.Lock()
		defer lock.Unlock()
		at := next
		next += size
		return at
	}
	var wait sync.WaitGroup
	for range cores() {
		wait.Go(func() {
			for at := take(); at < n; at = take() {
				do(at, min(at+size, n))
			}
		})
	}
	wait.Wait()
}

// cores is how many things are done at one time.
func cores() int { return runtime.GOMAXPROCS(0) }

// shelves is into how many parts sorted puts a list, to sort them apart.
const shelves = 256

// sorted puts lists together in order, in so many parts as there are shelves. The
// shelf of a thing is not lower than that of a thing before it.
func sorted[T any](lists [][]T, shelf func(T) int, compare func(a, b T) int) [][]T {
	filled := make([][][]T, len(lists))
	inPieces(len(lists), 1, func(i, _ int) {
		var sizes [shelves]int
		for _, t := range lists[i] {
			sizes[shelf(t)]++
		}
		all := make([]T, len(lists[i]))
		filled[i] = make([][]T, shelves)
		at := 0
		for s, n := range sizes {
			filled[i][s] = all[at : at : at+n]
			at += n
		}
		for _, t := range lists[i] {
			s := shelf(t)
			filled[i][s] = append(filled[i][s], t)
		}
		lists[i] = nil
	})
	out := make([][]T, shelves)
	inPieces(shelves, 1, func(s, _ int) {
		var part []T
		for i := range filled {
			part = append(part, filled[i][s]...)
		}
		slices.SortFunc(part, compare)
		out[s] = part
	})
	return out
}
