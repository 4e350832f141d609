package normalize

// duty says why the file was published: as declared, as its publisher is known
// for, as its headers show (a card file names merchants or card holders), or as
// its publisher's sector goes.
func (f *file) duty() string {
	switch {
	case f.about.Duty != "":
		return f.about.Duty
	case f.about.Publisher.Duty != "":
		return f.about.Publisher.Duty
	case f.namesCards():
		return "CARD"
	}
	switch f.about.Publisher.Sector {
	case "local":
		return "LGTC500"
	case "central", "nhs":
		return "HMT25K"
	}
	return "OTHER"
}

func (f *file) namesCards() bool {
	for _, c := range f.sheets {
		if c.table == nil {
			continue
		}
		for _, header := range c.table.parts[0].headers {
			for _, word := range words(header) {
				if word == "merchant" || word == "cardholder" || word == "card" || word == "mcc" {
					return true
				}
			}
		}
	}
	return false
}
