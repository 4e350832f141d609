// Package demo makes up sixty public bodies and two years of their payments.
//
// What comes in: a seed. What goes out: a World, which holds the clean ledger
// of payments (the truth), the messy files in which the bodies publish it, and
// an http.Handler that serves them. The same seed gives the same bytes on any
// machine. What it refuses: the name of any real body, firm or person, and any
// clock or random source but the seed.
package demo

import (
	"math/rand/v2"
	"slices"

	"commonspend/schemas"
)

// months is how many months the world publishes, from firstMonth.
const months = 24

// World is everything that one seed makes.
type World struct {
	Seed        uint64
	Publishers  []schemas.Publisher
	Ledger      []LedgerLine // the truth: what stands once every file has been read
	Unpublished []LedgerLine // paid, but under the body's threshold or in a missing month
	Superseded  []LedgerLine // the lines of the first editions that a resubmission replaced whole
	Nil         []Slot       // months published as "nothing to report"
	Missing     []Slot       // months whose address answers 404
	Resent      []Slot       // months published twice; the second file stands
	People      []string     // surnames of the made-up private people; look for them in any case: no other text of the world holds one

	bodies []body
	slots  map[Slot]month
}

// Slot is one publisher's calendar month, by its first day.
type Slot struct {
	Publisher string
	Month     schemas.Date
}

// Period is the whole month.
func (s Slot) Period() schemas.Period { return schemas.MonthOf(s.Month) }

// Generate makes the world of a seed. Where publishers are named, it holds these
// alone; what they publish is the same as in the whole.
func Generate(seed uint64, publishers ...string) *World {
	w := &World{Seed: seed, slots: map[Slot]month{}, People: surnames()}
	all := makeBodies()
	for i, b := range all {
		if len(publishers) > 0 && !slices.Contains(publishers, b.ID) {
			continue
		}
		w.bodies = append(w.bodies, b)
		w.Publishers = append(w.Publishers, b.Publisher)
		made := makePlan(stream(seed, i, 0, forSuppliers), all, i)
		for n := b.first - 1; n < b.last; n++ {
			w.add(b, n, made)
		}
	}
	return w
}

// add makes one month of one body and keeps it as the truth, as superseded or
// as unpublished.
func (w *World) add(b body, n int, made plan) {
	slot := Slot{Publisher: b.ID, Month: monthAt(n)}
	if b.nilMonth == n+1 {
		w.Nil = append(w.Nil, slot)
		w.slots[slot] = month{}
		return
	}
	told := makeMonth(stream(w.Seed, b.index, n, forLines), b, slot, made)
	w.Unpublished = append(w.Unpublished, told.hidden...)
	if slices.Contains(b.missingMonths, n+1) {
		w.Missing = append(w.Missing, slot)
		w.Unpublished = append(w.Unpublished, told.lines...)
		return
	}
	w.slots[slot] = told
	w.Ledger = append(w.Ledger, told.lines...)
	if told.first != nil {
		w.Resent = append(w.Resent, slot)
		w.Superseded = append(w.Superseded, told.first...)
	}
}

// Months lists the months in which a publisher's body exists.
func (w *World) Months(publisher string) []schemas.Date {
	var list []schemas.Date
	for _, b := range w.bodies {
		for n := b.first - 1; b.ID == publisher && n < b.last; n++ {
			list = append(list, monthAt(n))
		}
	}
	return list
}

// monthAt is the first day of the nth month, from 0.
func monthAt(n int) schemas.Date {
	first, _ := schemas.DateOf(2024+(3+n)/12, (3+n)%12+1, 1)
	return first
}

// The purposes of a random stream: each draws from a stream of its own, so
// that a change to one leaves the others as they were.
const (
	forSuppliers = iota
	forLines
)

func stream(seed uint64, body, month, purpose int) *rand.Rand {
	return rand.New(rand.NewPCG(seed, uint64(body)<<32|uint64(month)<<8|uint64(purpose)))
}

// Sum is what a body published for a month.
type Sum struct {
	Payments int
	Amount   schemas.Amount
	Credits  schemas.Amount // the part of Amount that is below zero
}

func (s *Sum) add(a schemas.Amount) {
	s.Payments++
	s.Amount += a
	s.Credits += min(a, 0)
}

// SumsByPublication adds the ledger up by the month in whose file a payment stands.
func (w *World) SumsByPublication() map[Slot]Sum {
	return w.sums(func(l LedgerLine) schemas.Date { return l.Month })
}

// SumsByDate adds the ledger up by the month of the payment's own date; an
// undated payment counts in the month in whose file it stands.
func (w *World) SumsByDate() map[Slot]Sum {
	return w.sums(func(l LedgerLine) schemas.Date {
		if l.Date == schemas.NoDate {
			return l.Month
		}
		return l.Date.Month()
	})
}

func (w *World) sums(by func(LedgerLine) schemas.Date) map[Slot]Sum {
	sums := map[Slot]Sum{}
	for _, line := range w.Ledger {
		slot := Slot{Publisher: line.Publisher, Month: by(line)}
		sum := sums[slot]
		sum.add(line.Amount)
		sums[slot] = sum
	}
	return sums
}
