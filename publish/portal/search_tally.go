package portal

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"
	"strings"

	"commonspend/schemas"
)

// idSet is a set of numbers, a bit for each.
type idSet []uint64

func (s idSet) has(id int32) bool { return int(id/64) < len(s) && s[id/64]&(1<<(id%64)) != 0 }

// put adds a number, growing the set where it must, and reports whether it is new.
func (s *idSet) put(id int32) bool {
	if more := int(id/64) + 1 - len(*s); more > 0 {
		*s = append(*s, make(idSet, more)...)
	}
	held := s.has(id)
	(*s)[id/64] |= 1 << (id % 64)
	return !held
}

func (s idSet) count() (n int) {
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// all are its numbers, in order.
func (s idSet) all() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for i, word := range s {
			for ; word != 0; word &= word - 1 {
				if !yield(int32(64*i + bits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}

// tally is what a search found, counted by body, by part and by the last day of
// each sum.
type tally struct {
	bodies, parts []amounts
	days          []int32 // sums
	of            chosen
}

// amounts is how many payments there are, and what they come to.
type amounts struct{ payments, pence int64 }

func (c *amounts) add(payments, pence int64) {
	c.payments += payments
	c.pence += pence
}

// tallied reports whether the index can count what a filter finds: it looks for
// words or a supplier, and narrows by nothing that sums do not have.
func (f SearchFilter) tallied() bool {
	return (len(f.words) > 0 || f.supplier != 0) && f.read.Least == nil && f.read.Most == nil && (!f.dated() || f.Year != "" || f.read.Undated)
}

// tally counts what a filter finds.
func (r *request) tally(f SearchFilter) tally {
	x, chosen := r.index, r.chosen(f)
	t := tally{make([]amounts, x.bodies+1), make([]amounts, len(x.parts)), make([]int32, len(x.days)), chosen}
	x.walk(f, func(s *sum) {
		if chosen.has(s) {
			t.bodies[s.body].add(int64(s.payments), s.pence)
			t.parts[s.part].add(int64(s.payments), s.pence)
			t.days[s.day]++
		}
	})
	return t
}

// walk hands each sum of the supplier or of the words to take.
func (x *index) walk(f SearchFilter, take func(*sum)) {
	switch {
	case f.supplier != 0:
		for payee, supplier := range x.suppliers {
			if int64(supplier) == f.supplier {
				x.walkPayee(int32(payee), func(s *sum) {
					if x.finds(&f, s) {
						take(s)
					}
				})
			}
		}
	case x.widely(f.told):
		for i := range x.sums {
			if x.finds(&f, &x.sums[i]) {
				take(&x.sums[i])
			}
		}
	default:
		for payee := range f.named.all() {
			x.walkPayee(payee, take)
		}
		for text := range f.told.all() {
			for _, at := range x.textOrder[x.textFrom[text]:x.textFrom[text+1]] {
				if s := &x.sums[at]; !f.named.has(s.payee) {
					take(s)
				}
			}
		}
	}
}

func (x *index) walkPayee(payee int32, take func(*sum)) {
	sums := x.sums[x.payeeFrom[payee]:x.payeeFrom[payee+1]]
	for i := range sums {
		take(&sums[i])
	}
}

// finds reports whether a sum is of the supplier, and of a payee or text that
// holds the words.
func (x *index) finds(f *SearchFilter, s *sum) bool {
	return (f.supplier == 0 || int64(x.suppliers[s.payee]) == f.supplier) && (len(f.words) == 0 || f.named.has(s.payee) || f.told.has(s.text))
}

// walkSince hands what walk does to take, but for sums whose last payment is
// before a day, by its place: from the latest sum backwards where that is less.
func (x *index) walkSince(f SearchFilter, t tally, since int, take func(*sum)) {
	found := 0
	for _, sums := range t.days {
		found += int(sums)
	}
	latest := x.dayOrder[x.dayFrom[since]:]
	if len(latest) > found {
		x.walk(f, func(s *sum) {
			if int(s.day) >= since {
				take(s)
			}
		})
		return
	}
	for _, at := range latest {
		if s := &x.sums[at]; x.finds(&f, s) {
			take(s)
		}
	}
}

// widely reports whether so many sums have one of the texts that going through
// all of them, one after the other, is faster than fetching these.
func (x *index) widely(texts idSet) bool {
	sums := 0
	for text := range texts.all() {
		sums += int(x.textFrom[text+1] - x.textFrom[text])
	}
	return sums > len(x.sums)/8
}

// chosen are the bodies and parts that a filter takes, by number.
type chosen struct{ bodies, parts []bool }

func (c *chosen) has(s *sum) bool { return c.parts[s.part] && c.bodies[s.body] }

func (r *request) chosen(f SearchFilter) chosen {
	return chosen{r.chosenBodies(f), r.index.chosenParts(f)}
}

// chosenBodies marks the numbers of the bodies that a filter takes.
func (r *request) chosenBodies(f SearchFilter) []bool {
	chosen := make([]bool, r.index.bodies+1)
	for number := range chosen {
		_, narrowed := slices.BinarySearch(f.places, int64(number))
		chosen[number] = !f.placed() || narrowed
	}
	return chosen
}

// chosenParts marks the parts that a filter takes.
func (x *index) chosenParts(f SearchFilter) []bool {
	chosen := make([]bool, len(x.parts))
	from, _ := f.period()
	year, err := schemas.ParseDate(from)
	whole := f.Year != "" || f.read.Undated
	branches := f.codes()
	for i, p := range x.parts {
		within := func(branch [2]int64) bool { return int64(p.cpv) >= branch[0] && int64(p.cpv) <= branch[1] }
		chosen[i] = (len(f.read.Scopes) == 0 || slices.Contains(f.read.Scopes, p.scope)) &&
			(!whole || err == nil && schemas.FinancialYear(p.year) == year.FinancialYear()) &&
			(len(branches) == 0 || slices.ContainsFunc(branches, within))
	}
	return chosen
}

// hits are the totals and facets of a tally, the largest part of each first.
func (t tally) hits(x *index) []hit {
	type line struct {
		facet, word string
		number      int64
	}
	lines := map[line]*amounts{{}: {}}
	add := func(l line, c amounts) {
		if lines[l] == nil {
			lines[l] = &amounts{}
		}
		lines[l].add(c.payments, c.pence)
	}
	for number, c := range t.bodies {
		if c.payments > 0 {
			add(line{}, c)
			add(line{facet: "body", number: int64(number)}, c)
		}
	}
	for i, c := range t.parts {
		if p := x.parts[i]; c.payments > 0 {
			add(line{facet: "scope", word: p.scope}, c)
			add(line{facet: "category", number: int64(p.cpv / 1_000_000 * 1_000_000)}, c)
			add(line{facet: "year", number: int64(p.year)}, c)
		}
	}
	list := make([]hit, 0, len(lines))
	for l, c := range lines {
		list = append(list, hit{facet: l.facet, word: l.word, number: l.number, payments: c.payments, pence: c.pence})
	}
	slices.SortFunc(list, func(a, b hit) int {
		return cmp.Or(strings.Compare(a.facet, b.facet), cmp.Compare(b.pence, a.pence), cmp.Compare(a.number, b.number), strings.Compare(a.word, b.word))
	})
	return list
}

// mostIDs is how many payees or texts are named one by one where a query looks
// for each of them, mostListed where it looks whether a payment has one: where
// there are more it looks for those that hold the words again.
const mostIDs, mostListed = 1000, 10_000

// blockRows is how many payments are read where one is looked for.
const blockRows = 4096

// narrow finds a day since which the search found enough for a page, and the
// payees and texts of the payments since: those that are named in the query.
func (r *request) narrow(f SearchFilter, t tally, limit int) SearchFilter {
	x := r.index
	since, sums := len(t.days), 0
	for since > 0 && sums < limit {
		if since--; f.after.date == "" || x.days[since] < f.after.date {
			sums += int(t.days[since])
		}
	}
	if sums >= limit {
		f.since = x.days[since]
	}
	if len(f.words) == 0 {
		return f
	}
	var named, told idSet
	x.walkSince(f, t, since, func(s *sum) {
		switch {
		case !t.of.has(s):
		case f.named.has(s.payee):
			named.put(s.payee)
		default:
			told.put(s.text)
		}
	})
	ids := named.count() + told.count()
	if f.known = ids <= mostListed; f.known {
		f.named, f.told = named, told
	}
	_, to := f.period()
	f.backwards = !f.known || f.since != "" && x.within(f.since, Day(to)) < int64(ids*blockRows)
	return f
}

// paidMost finds the suppliers of payees that were paid most, by number, and
// the payees among them whose supplier is left open.
func (x *index) paidMost(payees idSet, most int) (suppliers, open []int32) {
	var first []int32 // the most paid so far
	seen := make(idSet, len(x.suppliers)/64+1)
	for payee := range payees.all() {
		supplier, at := x.suppliers[payee], len(first)
		for at > 0 && x.paid[first[at-1]] < x.paid[payee] {
			at--
		}
		if at < most && (supplier == 0 || seen.put(supplier)) {
			first = slices.Insert(first, at, payee)
			first = first[:min(len(first), most)]
		}
	}
	for _, payee := range first {
		if supplier := x.suppliers[payee]; supplier > 0 {
			suppliers = append(suppliers, supplier)
		} else {
			open = append(open, payee)
		}
	}
	return suppliers, open
}
