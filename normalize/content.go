package normalize

import "commonspend/schemas"

// content is what the cells of one column look like, over a sample of rows.
type content struct {
	filled   int // cells that hold anything
	money    int // read as an amount
	decimals int // amounts with pence, a pound sign or thousands commas
	dates    int // read as a date of any form
	written  int // of those, not a bare number that may be an amount
	months   int // of those, a month or a financial period alone
	lost     int // ######
	numbers  int // digits alone: an identifier, or whole pounds
	lettered int // hold a letter
	firms    int // hold a word that only organisations carry
	long     int // more than 60 letters, or more than 8 words
	postcode int // a British postcode
	given    int // numbers that a ledger gave out
}

func (c content) share(n int) float64 {
	if c.filled == 0 {
		return 0
	}
	return float64(n) / float64(c.filled)
}

// look adds one cell to the evidence.
func (c *content) look(cell string, kind schemas.CellKind, ods bool, words *payeeWords) {
	text := trim(cell)
	if text == "" {
		return
	}
	c.filled++
	if shape := readShape(text, kind, ods); shape.reads() {
		c.dates++
		if kind == schemas.CellDate || !bareNumber(text) {
			c.written++
		}
		if shape.form == dateMonth || shape.form == datePeriod {
			c.months++
		}
	} else if shape.form == dateLost {
		c.lost++
	}
	if m := readMoney(text, kind, false); m.readable() || hasByte(text, ',') && readMoney(text, kind, true).readable() {
		c.money++
		if kind == schemas.CellNumber && hasByte(text, '.') || kind == schemas.CellText && marked(text) {
			c.decimals++
		}
	}
	c.lookText(text, words)
}

func (c *content) lookText(text string, words *payeeWords) {
	digits, letters, spaces := 0, 0, 0
	for i := 0; i < len(text); i++ {
		switch b := text[i]; {
		case isDigit(b):
			digits++
		case isLetter(b):
			letters++
		case b == ' ':
			spaces++
		}
	}
	switch {
	case digits == len(text):
		c.numbers++
	case letters > 0:
		c.lettered++
		if words.namesFirm(text) {
			c.firms++
		}
		if isPostcode(text) {
			c.postcode++
		}
	}
	if letters > 60 || spaces > 7 {
		c.long++
	}
}

// marked reports whether an amount is written as money: with pence, commas, a
// currency mark or brackets. An identifier is not.
func marked(text string) bool {
	for i := 0; i < len(text); i++ {
		if b := text[i]; b == '.' || b == ',' || b == '$' || b == '(' || b >= 0x80 || b == '?' {
			return true
		}
	}
	return false
}

// bareNumber reports whether a cell holds digits alone, or with a point.
func bareNumber(text string) bool {
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) && text[i] != '.' {
			return false
		}
	}
	return true
}

func hasByte(s string, b byte) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == b {
			return true
		}
	}
	return false
}

// isPostcode reports whether the text has the form of a British postcode:
// "LU1 3BA", "SW1A2AA".
func isPostcode(s string) bool {
	if len(s) < 5 || len(s) > 8 || !isLetter(s[0]) {
		return false
	}
	tail := s[len(s)-3:]
	if !isDigit(tail[0]) || !isLetter(tail[1]) || !isLetter(tail[2]) {
		return false
	}
	head := trim(s[:len(s)-3])
	digit := false
	for i := 0; i < len(head); i++ {
		if !isDigit(head[i]) && !isLetter(head[i]) {
			return false
		}
		digit = digit || isDigit(head[i])
	}
	return digit && len(head) <= 4
}

// contents looks at every column of the sample rows that belong to the table.
func contents(rows []schemas.Row, width int, ods bool, words *payeeWords) []content {
	columns, numbers := make([]content, width), make([]numbering, width)
	for _, row := range rows {
		for i := range min(len(row.Cells), width) {
			columns[i].look(row.Cells[i], row.Kind(i), ods, words)
			numbers[i].look(trim(row.Cells[i]))
		}
	}
	for i := range columns {
		columns[i].given = numbers[i].numbers()
	}
	return columns
}

// couldBe reports whether a column's cells allow it to be a field. A column
// with nothing in it allows anything.
func (c content) couldBe(f field) bool {
	if c.filled == 0 {
		return true
	}
	switch f {
	case fieldDate:
		return c.share(c.dates+c.lost) >= 0.5 || c.filled < 3 && c.firms == 0 && c.money == 0
	case fieldAmount, fieldVATAmount:
		return c.share(c.money+c.lost) >= 0.5 && c.share(c.given) < 0.5
	case fieldSupplier:
		return c.share(c.dates) < 0.8 && c.share(c.decimals) < 0.5 && c.share(c.given) < 0.5
	case fieldPostcode:
		return c.filled < 5 || c.share(c.postcode) >= 0.2
	}
	return true
}
