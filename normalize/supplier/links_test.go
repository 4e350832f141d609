package supplier

import "testing"

func TestSuccession(t *testing.T) {
	r := rules(t)
	for from, b := range r.bodies.bodies {
		for _, to := range b.successors {
			payees := []Payee{{Name: b.name}, {Name: r.bodies.bodies[to].name}}
			got := r.Resolve(payees)
			if r.bodies.find(r.parse(payees[0].Name)) != int32(from) || r.bodies.find(r.parse(payees[1].Name)) != to {
				continue // another body has this name
			}
			if got.Identities[0].ID == got.Identities[1].ID || len(got.Links) != 1 {
				t.Fatalf("%s and its successor %s: links %v", payees[0].Name, payees[1].Name, got.Links)
			}
			return
		}
	}
	t.Fatal("no body in the register has a successor")
}
