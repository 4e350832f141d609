package supplier

import "slices"

// dropSharedNumbers takes company and charity numbers away from names that share
// them with names quite unlike: somebody typed the wrong one.
func (c *comparer) dropSharedNumbers() {
	for _, number := range []func(*unit) *string{
		func(u *unit) *string { return &u.company }, func(u *unit) *string { return &u.charity }} {
		with := map[string][]*unit{}
		for _, u := range c.units {
			if n := *number(u); n != "" {
				with[n] = append(with[n], u)
			}
		}
		for _, units := range with {
			for _, u := range units {
				u.numbered = len(units) > 1 && !unlikeAll(u, units)
			}
			if len(units) > 1 {
				for _, u := range units {
					if !u.numbered {
						*number(u) = ""
					}
				}
			}
		}
	}
}

// dropGroupNumbers takes away VAT numbers that some name quite unlike all the others
// shares: those of a group of companies, which say nothing of which one is meant.
func (c *comparer) dropGroupNumbers() {
	with := map[string][]*unit{}
	for _, u := range c.units {
		for _, n := range u.vat {
			with[n] = append(with[n], u)
		}
	}
	for number, units := range with {
		if !slices.ContainsFunc(units, func(u *unit) bool { return len(units) > 1 && unlikeAll(u, units) }) {
			continue
		}
		for _, u := range units {
			u.vat = slices.DeleteFunc(slices.Clone(u.vat), func(n string) bool { return n == number })
		}
	}
}

// unlikeAll reports whether a name is quite unlike all the others.
func unlikeAll(u *unit, units []*unit) bool {
	for _, o := range units {
		if o != u && (alike(o.grams, u.grams) >= 0.35 || o.joined == u.joined) {
			return false
		}
	}
	return true
}
