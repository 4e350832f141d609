package normalize

import "commonspend/schemas"

// decideVAT says whether the amount column includes VAT, and by what evidence.
// Silence is never evidence.
func (l *layout) decideVAT(found [][]meaning, columns []content) {
	l.vat, l.evidence = schemas.VATUnknown, ""
	at := l.column[fieldAmount]
	if at < 0 {
		return
	}
	header := l.headers[at]
	if m, ok := amountMeaning(found[at]); ok && !l.byCells && m.vat != "" {
		l.vat, l.evidence = m.vat, "header "+header
		return
	}
	vat, gross, irrecoverable := l.besideAmount(found, at)
	switch {
	case vat != "" && gross != "":
		l.vat, l.evidence = schemas.VATNet, "headers "+header+", "+vat+" and "+gross+" stand side by side"
	case irrecoverable != "":
		l.vat, l.evidence = schemas.VATNet, "weak: a separate column "+irrecoverable+" implies that recoverable VAT is left out"
	}
}

func amountMeaning(found []meaning) (meaning, bool) {
	for _, m := range found {
		if m.field == fieldAmount {
			return m, true
		}
	}
	return meaning{}, false
}

// besideAmount returns the headers of other columns that give VAT, a gross
// amount, and VAT that cannot be recovered.
func (l *layout) besideAmount(found [][]meaning, at int) (vat, gross, irrecoverable string) {
	for i, ms := range found {
		if i == at || len(ms) == 0 {
			continue
		}
		m := ms[0]
		switch {
		case m.field == fieldVATAmount && (contains(words(l.headers[i]), "irrecoverable") ||
			contains(words(l.headers[i]), "unrecoverable") || contains(words(l.headers[i]), "non")):
			irrecoverable = l.headers[i]
		case m.field == fieldVATAmount:
			vat = l.headers[i]
		case m.field == fieldAmount && m.vat == schemas.VATGross:
			gross = l.headers[i]
		}
	}
	return vat, gross, irrecoverable
}
