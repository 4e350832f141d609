package ingest

import "strings"

// isDateCode says whether a number format shows a day or a time of day, as
// against a quantity. Elapsed time ([h]:mm) is a quantity.
// dd/mm/yyyy, [$-809]d mmmm yyyy and h:mm are dates; 0.00, General, #,##0"m"
// and [Red]0 are not.
func isDateCode(code string) bool {
	dates, numbers := 0, 0
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			i = skipTo(code, i+1, '"')
		case '\\', '_', '*':
			i++
		case '[':
			end := skipTo(code, i+1, ']')
			if elapsed(code[i+1 : min(end, len(code))]) {
				return false
			}
			i = end
		case ';':
			if dates+numbers > 0 {
				return dates > numbers
			}
		case 'd', 'D', 'm', 'M', 'y', 'Y', 'h', 'H', 's', 'S':
			dates += 5
		case '0', '#', '?':
			numbers++
		case 'G', 'g':
			if len(code)-i >= 7 && strings.EqualFold(code[i:i+7], "general") {
				i += 6
			}
		}
	}
	return dates > numbers
}

// skipTo is the index of the next c in s, or the end.
func skipTo(s string, from int, c byte) int {
	if i := strings.IndexByte(s[from:], c); i >= 0 {
		return from + i
	}
	return len(s)
}

// elapsed says whether a bracket's inside is hours, minutes or seconds counted
// past their clock: h, hh, mm, ss.
func elapsed(inside string) bool {
	inside = strings.ToLower(inside)
	return inside != "" && (strings.Trim(inside, "h") == "" || strings.Trim(inside, "m") == "" || strings.Trim(inside, "s") == "")
}

// isDateFormat says the same of a built-in format's number. 27-36 and 50-58
// are the Far Eastern dates.
func isDateFormat(id int) bool {
	return id >= 14 && id <= 22 || id >= 27 && id <= 36 || id == 45 || id == 47 || id >= 50 && id <= 58
}
