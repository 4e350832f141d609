package supplier

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"commonspend/schemas"
)

// identities names the clusters and says for each payee which it is in, how sure
// that is, and why.
func (c *comparer) identities(payees []Payee, index []int32, of []*cluster, pairs []uint64) Result {
	ids := c.name(of)
	result := Result{Identities: make([]Identity, len(payees)), Links: c.links(of, ids, pairs)}
	memo := make([]Identity, len(c.units))
	for i, p := range payees {
		if index[i] < 0 {
			result.Identities[i] = c.r.heldBack(p)
			continue
		}
		at := &memo[index[i]]
		if at.Method == "" {
			*at = c.identity(index[i], of[index[i]], ids)
		}
		result.Identities[i] = *at
	}
	return result
}

// heldBack is the identity of a payee that is not named.
func (r *Rules) heldBack(p Payee) Identity {
	switch p.Class {
	case schemas.PayeeIndividual:
		return Identity{Kind: Person, Confidence: 0.8, Method: "abstained", Reason: "this may be a private person, who is not named as a supplier"}
	case "", schemas.PayeeOrganisation, schemas.PayeeMissing:
		return Identity{Kind: Unknown, Method: "abstained", Reason: "the name says nothing of who was paid"}
	}
	return Identity{Kind: Redacted, Confidence: 1, Method: "abstained", Reason: "the publisher withheld the name"}
}

// name gives each cluster an ID: a hash of its strongest evidence, so that it
// does not hang on the order of the input. Where two clusters have the same
// evidence, the keys of all their names are added.
func (c *comparer) name(of []*cluster) map[*cluster]string {
	evidence := map[*cluster]string{}
	used := map[string]int{}
	for _, k := range of {
		if evidence[k] == "" {
			evidence[k] = c.evidenceOf(k)
			used[evidence[k]]++
		}
	}
	ids := make(map[*cluster]string, len(evidence))
	for k, e := range evidence {
		if used[e] > 1 {
			e += "\x00" + c.units[slices.Min(k.members)].key
		}
		sum := sha256.Sum256([]byte(e))
		ids[k] = "s" + hex.EncodeToString(sum[:8])
	}
	return ids
}

// evidenceOf is the body's id, else the company number, else the charity number,
// else the words of the cluster's first name.
func (c *comparer) evidenceOf(k *cluster) string {
	if k.body >= 0 {
		return "body " + c.r.bodies.bodies[k.body].id
	}
	if k.company != "" {
		return "company " + k.company
	}
	charity := ""
	for _, m := range k.members {
		if n := c.units[m].charity; n != "" && (charity == "" || n < charity) {
			charity = n
		}
	}
	if charity != "" {
		return "charity " + charity
	}
	return "name " + c.units[k.members[0]].key
}

func (c *comparer) identity(i int32, k *cluster, ids map[*cluster]string) Identity {
	u := c.units[i]
	out := Identity{ID: ids[k], Name: c.shown(k), Kind: c.kind(k)}
	if k.body >= 0 {
		out.Name = c.r.bodies.bodies[k.body].name
	}
	switch {
	case u.body >= 0:
		out.Method, out.Confidence = "register", 0.97
		out.Reason = "the register of public bodies knows it as " + out.Name
	case u.company != "" && u.company == k.company:
		out.Method, out.Confidence, out.Reason = "number", 0.98, "the name goes with company number "+u.company
		if u.notes != "" {
			out.Reason += "; " + u.notes
		}
	case len(k.members) == 1:
		out.Method, out.Confidence, out.Reason = c.alone(u)
	case i == k.members[0]:
		out.Method, out.Confidence = "name", 0.95
		out.Reason = fmt.Sprintf("the commonest of %d spellings of one name", len(k.members))
	default:
		out.Method = "likeness"
		out.Confidence, out.Reason = c.why(u, k)
	}
	return out
}

// shown is the plainest of the cluster's most used names.
func (c *comparer) shown(k *cluster) string {
	first := c.units[k.members[0]]
	name := first.shown
	for _, m := range k.members[:min(representatives, len(k.members))] {
		if u := c.units[m]; u.rows*2 >= first.rows && noted(name) && !noted(u.shown) {
			name = u.shown
		}
	}
	return name
}

// alone speaks of a supplier known by one name.
func (c *comparer) alone(u *unit) (method string, confidence float64, reason string) {
	rarest := 0.0
	for _, w := range u.words {
		rarest = max(rarest, c.v.rarity[w.id])
	}
	if rarest < commonWord && len(u.places) > 1 {
		return "alone", 0.6, "a common name at several places, which may be several organisations"
	}
	return "alone", 0.9, "no other name is like it"
}

// why explains a likeness by the nearest of the cluster's representatives.
func (c *comparer) why(u *unit, k *cluster) (float64, string) {
	best, chance, seen := k.members[0], -1.0, vector{}
	for _, m := range k.members[:min(representatives, len(k.members))] {
		if c.units[m] == u {
			continue
		}
		if x, p := c.see(u, c.units[m]); p > chance {
			best, chance, seen = m, p, x
		}
	}
	name := c.units[best].shown
	reason := "like " + name
	switch {
	case seen[sameVAT] > 0:
		reason = "the same VAT number as " + name + ", and a name like it"
	case seen[together] > 0 || seen[nothingLeft] > 0 && seen[typed]+seen[plurals]+seen[shortened] == 0:
		reason = "the same words as " + name
	case seen[prefixedWidth] > 0:
		reason = "cut short from " + name
	case seen[typed] > 0:
		reason = "a slip of the keyboard from " + name
	case seen[otherName] > 0:
		reason = "a trading or former name shared with " + name
	case seen[contained] > 0:
		reason = "the name " + name + " with words more or less"
	}
	if seen[samePostcode] > 0 {
		reason += ", at the same postcode"
	}
	return chance, reason
}

// kind says what sort of supplier a cluster is.
func (c *comparer) kind(k *cluster) Kind {
	if k.body >= 0 {
		return Public
	}
	kind := Unknown
	for _, m := range k.members {
		u := c.units[m]
		switch {
		case u.company != "":
			return Company
		case u.charity != "":
			return Charity
		case u.public:
			return Public
		case u.forms != "" && u.forms != "CIO":
			kind = Company
		case kind == Unknown && c.charitable(u):
			kind = Charity
		}
	}
	return kind
}

func (c *comparer) charitable(u *unit) bool {
	return slices.ContainsFunc(u.words, func(w word) bool { return c.v.class[w.id]&charity != 0 }) || u.forms == "CIO"
}

// linkAt is the likeness from which clusters that were kept apart are related.
const linkAt = 0.35

// links finds clusters that are related: names that have much in common and are
// told apart by what is left over, and names that share a VAT number.
func (c *comparer) links(of []*cluster, ids map[*cluster]string, pairs []uint64) []Link {
	why := make([]kinship, len(pairs)) // a byte for each of what may be many millions
	inParallel(len(pairs), func(from, to int) {
		for i := from; i < to; i++ {
			if x, y := int32(pairs[i]>>32), int32(uint32(pairs[i])); of[x] != of[y] {
				why[i] = c.related(c.units[x], c.units[y])
			}
		}
	})
	var found []Link
	for i, k := range why {
		if a, b := ids[of[pairs[i]>>32]], ids[of[uint32(pairs[i])]]; k != strangers && a != b {
			found = append(found, Link{min(a, b), max(a, b), k.reason()})
		}
	}
	slices.SortFunc(found, func(x, y Link) int {
		return strings.Compare(x.A+x.B+x.Reason, y.A+y.B+y.Reason)
	})
	return slices.CompactFunc(found, func(x, y Link) bool { return x.A == y.A && x.B == y.B })
}

// kinship says how two names that are not one supplier are related.
type kinship uint8

const (
	strangers kinship = iota
	oneGroup
	oneFamily
)

func (k kinship) reason() string {
	return [...]string{"", "they gave the same VAT number, which companies of one group may share", "their names have a rare word in common"}[k]
}

func (c *comparer) related(a, b *unit) kinship {
	seen, chance := c.see(a, b)
	switch {
	case seen[sameVAT] > 0:
		return oneGroup
	case seen[rarest] < 0.8:
	case chance >= linkAt, seen[contained] > 0 && (seen[leftSplit] > 0 || seen[toldApart] > 0):
		return oneFamily
	}
	return strangers
}
