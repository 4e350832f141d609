package schemas

// Formula says whether a spreadsheet would take a text for a formula. A plain
// number with a sign is none.
func Formula(text string) bool {
	if text == "" {
		return false
	}
	switch text[0] {
	case '=', '@', '\t', '\r':
		return true
	case '-', '+':
		return !plainNumber(text[1:])
	}
	return false
}

// plainNumber reports whether text is digits, with thousands commas and one
// decimal point at most.
func plainNumber(text string) bool {
	digits, points := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '.' && points == 0 && digits > 0:
			points++
		case c == ',' && points == 0 && digits > 0:
		default:
			return false
		}
	}
	return digits > 0 && text[len(text)-1] != '.'
}
