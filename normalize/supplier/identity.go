package supplier

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"commonspend/schemas"
)

// identities names the clusters and says for each payee which it is in, how sure
// that is, and why.
func (c *comparer) identities(payees []Payee, index []int32, of []*cluster, pairs []scored) Result {
	ids := c.name(of)
	result := Result{Identities: make([]Identity, len(payees)), Links: c.links(of, ids, pairs)}
	memo := make([]Identity, len(c.units))
	inParallel(len(c.units), func(from, to int) {
		for i := from; i < to; i++ {
			memo[i] = c.identity(int32(i), of[i], ids)
		}
	})
	for i, p := range payees {
		if index[i] < 0 {
			result.Identities[i] = c.r.heldBack(p)
			continue
		}
		result.Identities[i] = memo[index[i]]
	}
	if c.chosen != nil {
		result.Found, result.Nearest = make([][]*Entry, len(payees)), make([]*Entry, len(payees))
		for i, at := range index {
			if at >= 0 {
				result.Found[i] = of[at].entries
				result.Nearest[i] = cmp.Or(c.chosen[at].entry, c.near[at].entry)
			}
		}
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
		if evidence[k] == "" && c.units[k.members[0]].entry == nil { // payees are first
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
	if charity := c.charityOf(k); charity != "" {
		return "charity " + charity
	}
	return "name " + c.units[k.members[0]].key
}

// charityOf is the first of the cluster's charity numbers, or "".
func (c *comparer) charityOf(k *cluster) string {
	charity := ""
	for _, m := range k.members {
		if n := c.units[m].charity; n != "" && (charity == "" || n < charity) {
			charity = n
		}
	}
	return charity
}

func (c *comparer) identity(i int32, k *cluster, ids map[*cluster]string) Identity {
	u := c.units[i]
	out := Identity{ID: ids[k], Name: c.shown(k), Kind: c.kind(k)}
	out.Company, out.Charity = k.company, c.charityOf(k)
	if e := k.entry(CompanyRegister); e != nil {
		out.Size, out.Area = e.Size, postcodeArea(e.Postcode)
	}
	if k.body >= 0 {
		out.Name, out.Body = c.r.bodies.bodies[k.body].name, c.r.bodies.bodies[k.body].id
	}
	chosen, found := c.chosen[i]
	switch {
	case found && k.entry(chosen.entry.Register) == chosen.entry:
		out.Method, out.Confidence, out.Reason = "register", min(chosen.chance, 0.98), chosen.why()
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
	if why := c.undecided[i]; why != "" {
		out.Reason += "; " + why
	}
	return out
}

// shown is the plainest of the cluster's most used names, without notes.
func (c *comparer) shown(k *cluster) string {
	for _, register := range []string{CompanyRegister, CharityRegister, BodyRegister} {
		if e := k.entry(register); e != nil {
			return e.Name
		}
	}
	first := c.units[k.members[0]]
	name := first.shown
	for _, m := range k.members[:min(representatives, len(k.members))] {
		if u := c.units[m]; u.rows*2 >= first.rows && noted(name) && !noted(u.shown) {
			name = u.shown
		}
	}
	return c.r.bare(unwrapped(name))
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
	if u.rows > u.shownBy {
		return "alone", 0.9, "spelt otherwise only in capitals, marks, notes or legal form; no other name is like it"
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

// linkAt is the likeness from which clusters that were kept apart are related.
const linkAt = 0.35

// links finds clusters that are related: names that have much in common and are
// told apart by what is left over, and names that share a VAT number.
func (c *comparer) links(of []*cluster, ids map[*cluster]string, pairs []scored) []Link {
	var found []Link
	for _, p := range pairs {
		if p.kin == strangers || of[p.a] == of[p.b] {
			continue
		}
		if a, b := ids[of[p.a]], ids[of[p.b]]; a != b {
			found = append(found, Link{min(a, b), max(a, b), p.kin.reason()})
		}
	}
	found = append(found, c.successions(of, ids)...)
	slices.SortFunc(found, func(x, y Link) int {
		return cmp.Or(strings.Compare(x.A, y.A), strings.Compare(x.B, y.B), strings.Compare(x.Reason, y.Reason))
	})
	return slices.CompactFunc(found, func(x, y Link) bool { return x.A == y.A && x.B == y.B })
}

// successions links public bodies to those that took over from them.
func (c *comparer) successions(of []*cluster, ids map[*cluster]string) []Link {
	byBody := map[int32]*cluster{}
	for _, k := range of {
		if k.body >= 0 {
			byBody[k.body] = k
		}
	}
	var found []Link
	for from, k := range byBody {
		for _, to := range c.r.bodies.bodies[from].successors {
			if other := byBody[to]; other != nil && other != k {
				found = append(found, Link{min(ids[k], ids[other]), max(ids[k], ids[other]), "one public body took over from the other"})
			}
		}
	}
	return found
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

func kin(seen *vector, chance float64) kinship {
	switch {
	case seen[sameVAT] > 0:
		return oneGroup
	case seen[rarest] < 0.8:
	case chance >= linkAt, seen[contained] > 0 && (seen[leftSplit] > 0 || seen[toldApart] > 0):
		return oneFamily
	}
	return strangers
}
