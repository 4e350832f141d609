package supplier

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
			unlike := func(u *unit) bool {
				for _, o := range units {
					if o != u && (alike(o.grams, u.grams) >= 0.35 || o.joined == u.joined) {
						return false
					}
				}
				return true
			}
			for _, u := range units {
				u.numbered = len(units) > 1 && !unlike(u)
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
