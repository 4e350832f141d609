package supplier

import (
	"math/rand/v2"
	"reflect"
	"testing"
)

// TestState holds a resolution from an earlier state to be, to the last bit, the
// one from nothing: for names in random batches, for evidence that comes later,
// and for payees that are there no more.
func TestState(t *testing.T) {
	all := allNames(t)
	r := rules(t)
	random := rand.New(rand.NewPCG(5, 6))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = all[:20_000]
	for round := range 3 {
		var state *State
		for n := 0; n < len(all); {
			n = min(len(all), n+1+random.IntN(9000))
			payees := append([]Payee(nil), all[:n]...)
			if round == 1 && n > 100 {
				payees[random.IntN(n)].VAT = "GB 123 4567 82"
				payees[random.IntN(n)].Company = "01234567"
				payees = payees[random.IntN(50):]
			}
			got, now := r.ResolveFrom(state, payees)
			want, fresh := r.ResolveFrom(nil, payees)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("round %d, %d payees: another result from a state than from nothing", round, n)
			}
			if !reflect.DeepEqual(now, fresh) {
				t.Fatalf("round %d, %d payees: another state from a state than from nothing", round, n)
			}
			state = stored(t, now)
		}
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	}
}

// stored writes a state and reads it again.
func stored(t *testing.T, s *State) *State {
	t.Helper()
	data, err := s.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	again := &State{}
	if err := again.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	if err := again.UnmarshalBinary(data[:len(data)-1]); err == nil && len(s.pairs) > 0 {
		t.Fatal("a state cut short was taken")
	}
	if err := again.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	return again
}
