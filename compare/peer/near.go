package peer

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"commonspend/store"
)

//go:embed sql/register.sql
var registerSQL string

// mostNear is how many bodies are offered for one that is not known.
const mostNear = 3

// unknown refuses an id that the register does not hold, and offers those that
// may be meant.
func unknown(ctx context.Context, reader store.Reader, id string) error {
	refusal := &Refusal{Sentence: fmt.Sprintf("The register of bodies holds no %q. Ids look like GB-LAE-LDS: `commonspend coverage` and the portal's page of bodies list those of which anything is held; a part of a name does too.", id)}
	return refusal.offer(ctx, reader, id, "--body", func(Body) bool { return true })
}

// unknownPeer refuses what is neither a rule nor a body, and offers bodies that
// could be peers.
func (g *Group) unknownPeer(ctx context.Context, reader store.Reader, written string) error {
	refusal := &Refusal{Sentence: fmt.Sprintf("%q is neither a rule for peers nor a body of the register: peers are nearest:15 (or another number), kind, region, or the ids of bodies with commas between.", written)}
	return refusal.offer(ctx, reader, written, "--peers", g.Body.Like)
}

// offer adds the bodies that may be meant: those whose name holds what was
// written, else those whose ids are nearest to it, which are one slip away or
// begin alike; of all that will do. Bodies that something is held of come first.
func (r *Refusal) offer(ctx context.Context, reader store.Reader, written, flag string, will func(Body) bool) error {
	all, err := read(ctx, reader, registerSQL, nil)
	if err != nil {
		return err
	}
	written = strings.ToLower(strings.TrimSpace(written))
	for _, meant := range []func(Body) bool{
		func(b Body) bool { return strings.Contains(strings.ToLower(b.Name), written) },
		func(b Body) bool { return slipped(written, strings.ToLower(b.ID)) },
		func(b Body) bool { return family(written) != "" && family(written) == family(strings.ToLower(b.ID)) },
	} {
		for _, b := range all {
			if meant(b) && will(b) && len(r.Instead) < mostNear {
				r.Instead = append(r.Instead, fmt.Sprintf("%s %s, %s", flag, b.ID, b.Name))
			}
		}
		if len(r.Instead) > 0 {
			break
		}
	}
	return r
}

// family is what the ids of one list of bodies begin with: "gb-lae" of
// gb-lae-lds; "" of what is no such id.
func family(id string) string {
	if at := strings.LastIndex(id, "-"); at > 0 {
		return id[:at]
	}
	return ""
}

// slipped reports whether two ids are the same but for one letter put in, left
// out or taken for another, or for two neighbours swapped.
func slipped(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(b)-len(a) > 1 || i == len(b):
		return false
	case len(a) < len(b):
		return a[i:] == b[i+1:]
	case a[i+1:] == b[i+1:]:
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
