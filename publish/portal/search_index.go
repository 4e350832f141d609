package portal

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"commonspend/store"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// index is what searches of a release are counted by. It is read once, when the
// release is opened, and held until it is let go of: some 16 bytes a payment,
// 160 MB of ten million, and twice that while one release takes over from another.
type index struct {
	payees, texts lexicon
	sums          []sum // by payee
	payeeFrom     []int32
	textOrder     []int32 // places in sums, by text
	textFrom      []int32
	dayOrder      []int32 // the same, by last day
	dayFrom       []int32
	parts         []sumPart
	days          []Day // the last days of sums, in order
	suppliers     []int32
	paid          []int64 // pence, to the supplier of each payee
	months        []monthCount
	bodies        int // the highest number
}

// sum is a row of search_sums: part and day are places in the index's lists.
type sum struct {
	pence                                  int64
	payee, text, body, part, day, payments int32
}

// sumPart is a financial year, by its first calendar year, a scope and a category.
type sumPart struct {
	year, cpv int32
	scope     string
}

// monthCount is how many payments count under a month.
type monthCount struct {
	month    Day
	payments int64
}

// lexicon is the words of payees or of texts, in order, and whose they are: ids
// from from[i] on to from[i+1] hold words[i].
type lexicon struct {
	words []string
	from  []int32
	ids   []int32
	most  int // the highest id
}

// readIndex reads the index of a release.
func readIndex(ctx context.Context, db *sql.DB) (*index, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	x := &index{}
	parts, days := map[sumPart]int32{}, map[Day]int32{}
	for _, step := range []struct {
		name string
		take func(arrow.RecordBatch)
	}{
		{"index_payee_words", x.payees.take},
		{"index_text_words", x.texts.take},
		{"index_payees", x.takePayees},
		{"index_months", x.takeMonths},
		{"index_sums", func(batch arrow.RecordBatch) { x.takeSums(batch, parts, days) }},
	} {
		text, err := part(step.name)
		if err != nil {
			return nil, err
		}
		if err := store.ReadRecords(ctx, conn, text, nil, func(batch arrow.RecordBatch) error { step.take(batch); return nil }); err != nil {
			return nil, fmt.Errorf("query %s: %w", step.name, err)
		}
	}
	x.settle()
	return x, nil
}

// take adds rows of words, which come in order.
func (l *lexicon) take(batch arrow.RecordBatch) {
	words, ids := batch.Column(0).(*array.String), batch.Column(1).(*array.Int32)
	for i := range int(batch.NumRows()) {
		if word := words.Value(i); len(l.words) == 0 || l.words[len(l.words)-1] != word {
			l.words, l.from = append(l.words, strings.Clone(word)), append(l.from, int32(len(l.ids)))
		}
		l.ids = append(l.ids, ids.Value(i))
		l.most = max(l.most, int(ids.Value(i)))
	}
}

func (x *index) takePayees(batch arrow.RecordBatch) {
	ids, suppliers, paid := batch.Column(0).(*array.Int32), batch.Column(1).(*array.Int32), batch.Column(2).(*array.Int64)
	for i := range int(batch.NumRows()) {
		for len(x.suppliers) <= int(ids.Value(i)) {
			x.suppliers, x.paid = append(x.suppliers, 0), append(x.paid, 0)
		}
		x.suppliers[ids.Value(i)], x.paid[ids.Value(i)] = suppliers.Value(i), paid.Value(i)
	}
}

func (x *index) takeMonths(batch arrow.RecordBatch) {
	months, payments := batch.Column(0).(*array.String), batch.Column(1).(*array.Int64)
	for i := range int(batch.NumRows()) {
		x.months = append(x.months, monthCount{Day(strings.Clone(months.Value(i))), payments.Value(i)})
	}
}

func (x *index) takeSums(batch arrow.RecordBatch, parts map[sumPart]int32, days map[Day]int32) {
	number := func(column, i int) int32 { return batch.Column(column).(*array.Int32).Value(i) }
	scopes, lasts, pence := batch.Column(5).(*array.String), batch.Column(7).(*array.String), batch.Column(8).(*array.Int64)
	for i := range int(batch.NumRows()) {
		p := sumPart{number(3, i), number(4, i), scopes.Value(i)}
		at, known := parts[p]
		if !known {
			p.scope = strings.Clone(p.scope)
			at = int32(len(x.parts))
			parts[p], x.parts = at, append(x.parts, p)
		}
		day, known := days[Day(lasts.Value(i))]
		if !known {
			day = int32(len(x.days))
			last := Day(strings.Clone(lasts.Value(i)))
			days[last], x.days = day, append(x.days, last)
		}
		x.sums = append(x.sums, sum{pence.Value(i), number(0, i), number(1, i), number(2, i), at, day, number(6, i)})
	}
}

// settle puts the days in order, and notes where the sums of each payee and
// text are.
func (x *index) settle() {
	sorted := slices.Sorted(slices.Values(x.days))
	place := make([]int32, len(x.days))
	for i, day := range x.days {
		at, _ := slices.BinarySearch(sorted, day)
		place[i] = int32(at)
	}
	x.days, x.sums = sorted, slices.Clip(x.sums)
	payees, texts := int32(max(x.payees.most, len(x.suppliers))), int32(x.texts.most)
	for i := range x.sums {
		s := &x.sums[i]
		s.day = place[s.day]
		payees, texts, x.bodies = max(payees, s.payee), max(texts, s.text), max(x.bodies, int(s.body))
	}
	x.suppliers = append(x.suppliers, make([]int32, int(payees)+1-len(x.suppliers))...)
	_, x.payeeFrom = x.order(payees, func(s *sum) int32 { return s.payee })
	x.textOrder, x.textFrom = x.order(texts, func(s *sum) int32 { return s.text })
	x.dayOrder, x.dayFrom = x.order(int32(len(x.days)), func(s *sum) int32 { return s.day })
	x.payees.from, x.texts.from = append(x.payees.from, int32(len(x.payees.ids))), append(x.texts.from, int32(len(x.texts.ids)))
}

// order lists the places of sums by what of counts, 0 to most, and where in the
// list those of each begin.
func (x *index) order(most int32, of func(*sum) int32) (order, from []int32) {
	order, from = make([]int32, len(x.sums)), make([]int32, int(most)+2)
	for i := range x.sums {
		from[of(&x.sums[i])+1]++
	}
	for i := 1; i < len(from); i++ {
		from[i] += from[i-1]
	}
	next := slices.Clone(from)
	for i := range x.sums {
		n := of(&x.sums[i])
		order[next[n]] = int32(i)
		next[n]++
	}
	return order, from
}

// within is how many payments count under the months from one day to another.
func (x *index) within(from, to Day) (payments int64) {
	for _, m := range x.months {
		if m.month[:7] >= from[:7] && m.month[:7] <= to[:7] {
			payments += m.payments
		}
	}
	return payments
}

// holding finds those that hold every word; each word of three letters or more
// may be the beginning of one.
func (l *lexicon) holding(words []string) idSet {
	var all idSet
	for n, word := range words {
		ids := make(idSet, l.most/64+1)
		upto := word + "\x00"
		if len([]rune(word)) >= 3 {
			upto = word + "\U0010FFFF"
		}
		first, _ := slices.BinarySearch(l.words, word)
		end, _ := slices.BinarySearch(l.words, upto)
		for _, id := range l.ids[l.from[first]:l.from[end]] {
			ids[id/64] |= 1 << (id % 64)
		}
		if n == 0 {
			all = ids
			continue
		}
		for i := range all {
			all[i] &= ids[i]
		}
	}
	return all
}
