package supplier

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// State is what a resolution leaves for the next, so that only what is new is
// compared. It holds no names: of each unit a print of all that comparisons of it
// hang on (its words and how many names have them, its evidence, how its large
// blocks were cut), and the pairs that said something. Two units whose prints are
// there again are compared again only if they were compared before, and with the
// same outcome; so a resolution from a state equals one from nothing. A State is
// worth nothing under other rules, and then is not used.
type State struct {
	rules  uint64
	prints []uint64 // of the units, in their order
	pairs  []scored
}

// Resolve says who each payee is. The same payees in another order get the same
// identities.
func (r *Rules) Resolve(payees []Payee) Result {
	result, _ := r.ResolveFrom(nil, payees)
	return result
}

// ResolveFrom says who each payee is, as Resolve does, with the work that was done
// on earlier payees, and returns what the next call may start from. A nil State
// starts from nothing.
func (r *Rules) ResolveFrom(was *State, payees []Payee) (Result, *State) {
	v, units, index := r.gather(payees)
	c := &comparer{v: v, units: units, r: r}
	c.dropSharedNumbers()
	c.dropGroupNumbers()
	pairs := c.candidates()
	now := &State{rules: r.print(), prints: c.prints()}
	known, earlier := now.from(was)
	now.pairs = c.score(pairs, known)
	if len(earlier) > 0 {
		now.pairs = append(now.pairs, earlier...)
		slices.SortFunc(now.pairs, func(x, y scored) int {
			if x.a != y.a {
				return int(x.a - y.a)
			}
			return int(x.b - y.b)
		})
	}
	of := c.cluster(likeliest(now.pairs), standard)
	return c.identities(payees, index, of, now.pairs), now
}

// from finds which pairs an earlier state knows, and what came of them.
func (s *State) from(was *State) (known func(a, b int32) bool, pairs []scored) {
	if was == nil || was.rules != s.rules {
		return nil, nil
	}
	at := make(map[uint64]int32, len(s.prints))
	for i, p := range s.prints {
		at[p] = int32(i)
	}
	there := make([]bool, len(s.prints))
	to := make([]int32, len(was.prints))
	for i, p := range was.prints {
		to[i] = -1
		if now, ok := at[p]; ok {
			to[i], there[now] = now, true
		}
	}
	for _, p := range was.pairs {
		if p.a, p.b = to[p.a], to[p.b]; p.a >= 0 && p.b >= 0 {
			pairs = append(pairs, p)
		}
	}
	return func(a, b int32) bool { return there[a] && there[b] }, pairs
}

// prints are the prints of the units.
func (c *comparer) prints() []uint64 {
	out := make([]uint64, len(c.units))
	inParallel(len(c.units), func(from, to int) {
		for i := from; i < to; i++ {
			out[i] = c.print(c.units[i], c.leaves[i].Load())
		}
	})
	return out
}

func (c *comparer) print(u *unit, leaf uint64) uint64 {
	p := hash('k', u.key) ^ leaf
	p = mix(p, uint64(u.body+1)<<32|uint64(c.v.all))
	for _, s := range []*spelling{&u.spelling, &u.also} {
		p = mix(p, hash('j', s.joined))
		for i, w := range s.words {
			p = mix(p, hash('w', c.v.text[w.id]))
			p = mix(p, math.Float64bits(c.v.rarity[w.id]))
			p = mix(p, uint64(c.v.count[w.id])<<2|flag(w.aside)<<1|flag(s.cut))
			for _, o := range s.words[:i] {
				p = mix(p, uint64(c.both(w.id, o.id)))
			}
		}
	}
	for _, list := range [][]string{u.places, u.vat, {u.company, u.charity, u.forms}} {
		for _, text := range list {
			p = mix(p, hash('e', text))
		}
		p = mix(p, uint64(len(list)))
	}
	return p
}

func mix(p, with uint64) uint64 {
	p = (p ^ with) * 0x9e3779b97f4a7c15
	return p ^ p>>32
}

func flag(set bool) uint64 {
	if set {
		return 1
	}
	return 0
}

// print tells these rules from others.
func (r *Rules) print() uint64 {
	p := mix(r.files, method)
	for _, w := range r.weights {
		p = mix(p, math.Float64bits(w))
	}
	return p
}

// stateMark begins a stored State; another version of it begins otherwise.
var stateMark = []byte("commonspend supplier state 1\n")

// MarshalBinary writes the state: about 8 bytes for each distinct name and 13 for
// each pair that says something.
func (s *State) MarshalBinary() ([]byte, error) {
	out := slices.Clone(stateMark)
	out = binary.LittleEndian.AppendUint64(out, s.rules)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(s.prints)))
	for _, p := range s.prints {
		out = binary.LittleEndian.AppendUint64(out, p)
	}
	for _, p := range s.pairs {
		out = binary.LittleEndian.AppendUint32(out, uint32(p.a))
		out = binary.LittleEndian.AppendUint32(out, uint32(p.b))
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(p.chance))
		out = append(out, byte(p.kin))
	}
	return out, nil
}

const pairSize = 13

// UnmarshalBinary reads what MarshalBinary wrote. What is not that is refused; the
// way out is to start from nothing.
func (s *State) UnmarshalBinary(data []byte) error {
	rest, ok := bytes.CutPrefix(data, stateMark)
	if !ok || len(rest) < 12 {
		return errors.New("this is no state of resolved suppliers: resolve from nothing")
	}
	s.rules = binary.LittleEndian.Uint64(rest)
	n := int(binary.LittleEndian.Uint32(rest[8:]))
	rest = rest[12:]
	if len(rest) < 8*n || (len(rest)-8*n)%pairSize != 0 {
		return errors.New("the state of resolved suppliers was cut short: resolve from nothing")
	}
	s.prints = make([]uint64, n)
	for i := range s.prints {
		s.prints[i] = binary.LittleEndian.Uint64(rest[8*i:])
	}
	rest = rest[8*n:]
	s.pairs = make([]scored, 0, len(rest)/pairSize)
	for ; len(rest) > 0; rest = rest[pairSize:] {
		p := scored{int32(binary.LittleEndian.Uint32(rest)), int32(binary.LittleEndian.Uint32(rest[4:])),
			math.Float32frombits(binary.LittleEndian.Uint32(rest[8:])), kinship(rest[12])}
		if p.a < 0 || p.b < 0 || int(p.a) >= n || int(p.b) >= n || p.kin > oneFamily {
			return fmt.Errorf("the state of resolved suppliers names pair %d of %d names: resolve from nothing", len(s.pairs), n)
		}
		s.pairs = append(s.pairs, p)
	}
	return nil
}
