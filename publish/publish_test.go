package publish

import (
	"testing"
)

func TestPublish(t *testing.T) {
	m := newMade(t).usual()
	r := m.publish()
	if r.Payments != 9 || r.Number != "2026-11-22.1" || r.Pence != 200000000+120000-1250+100000+50000+7+60000+70000+1 {
		t.Errorf("release %s holds %d payments, %d pence", r.Number, r.Payments, r.Pence)
	}
}
