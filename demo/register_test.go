package demo

import (
	"bytes"
	"testing"

	"commonspend/schemas"
)

// TestRegisterIsReadable reads the made-up register as an import would.
func TestRegisterIsReadable(t *testing.T) {
	w := Generate(1)
	bodies, err := schemas.ReadBodies(bytes.NewReader(w.Bodies()))
	if err != nil {
		t.Fatal(err)
	}
	sizes, err := schemas.ReadDenominators(bytes.NewReader(w.Denominators()))
	if err != nil {
		t.Fatal(err)
	}
	// Three years of each of 60, and three features of 30 councils.
	if len(bodies) != 60 || len(sizes) != 60*3+30*3 {
		t.Errorf("%d bodies and %d denominators", len(bodies), len(sizes))
	}
	ids := map[string]bool{}
	for _, b := range bodies {
		ids[b.ID] = true
	}
	for _, p := range w.Publishers {
		if !ids[p.BodyID] {
			t.Errorf("%s is not in the register", p.BodyID)
		}
	}
}
