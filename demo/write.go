package demo

import (
	"strings"

	"commonspend/schemas"
)

// cell is one cell to be written; only workbooks tell its kind.
type cell struct {
	text string
	kind schemas.CellKind
}

func words(texts ...string) []cell {
	row := make([]cell, len(texts))
	for i, text := range texts {
		row[i].text = text
	}
	return row
}

// table lays out one month's lines as rows of cells: title, header, payments,
// total and notes, with the publisher's habits.
func (b body) table(slot Slot, lines []LedgerLine) [][]cell {
	l := b.layout
	rows := b.preambleRows(slot)
	rows = append(rows, l.header())
	if lines == nil {
		return append(rows, words("Nothing to report"))
	}
	for i, line := range lines {
		if l.repeatHeader > 0 && i > 0 && i%l.repeatHeader == 0 {
			rows = append(rows, l.header())
		}
		rows = append(rows, b.row(line))
		if l.blankEvery > 0 && i%l.blankEvery == l.blankEvery-1 {
			rows = append(rows, make([]cell, len(l.columns)))
		}
	}
	if l.total {
		rows = append(rows, make([]cell, len(l.columns)), l.totalRow(lines))
	}
	if l.footer {
		rows = append(rows, nil, words("Prepared by the finance team from the purchase ledger"),
			words("Queries: see the transparency page"))
	}
	return rows
}

func (l layout) header() []cell {
	row := make([]cell, len(l.columns))
	for i, c := range l.columns {
		row[i].text = c.header
	}
	return row
}

// preambleRows fills the rows above the header: a title, the month, notes, blanks.
func (b body) preambleRows(slot Slot) [][]cell {
	var rows [][]cell
	for i := range b.layout.preamble {
		switch {
		case i == 0:
			over, _ := strings.CutSuffix(b.Threshold.Pounds(), ".00")
			rows = append(rows, words(b.Name+": spending over "+over))
		case i == 1:
			rows = append(rows, words("Month published", monthName(slot.Month)))
		case i == b.layout.preamble-1 || i%9 == 4:
			rows = append(rows, nil)
		default:
			rows = append(rows, words("Note: personal data are left out under the Data Protection Act"))
		}
	}
	return rows
}

// row writes one payment in the publisher's columns and forms.
func (b body) row(line LedgerLine) []cell {
	row := make([]cell, len(b.layout.columns))
	for i, c := range b.layout.columns {
		row[i] = b.cell(line, c.holds)
	}
	return row
}

func (b body) cell(line LedgerLine, holds content) cell {
	switch holds {
	case holdsBody:
		return cell{text: b.Name}
	case holdsDate:
		return cell{b.layout.dates.write(line.Date, b.layout.epoch()), schemas.CellDate}
	case holdsExpense:
		return cell{text: line.Expense}
	case holdsArea:
		return cell{text: line.Area}
	case holdsPayee:
		return cell{text: line.Payee}
	case holdsReference:
		return cell{text: line.Reference}
	case holdsPostcode:
		return cell{text: line.Postcode}
	case holdsCategory:
		return cell{text: line.Category}
	case holdsText:
		return cell{text: line.Text}
	}
	return b.layout.money.cell(line.part(holds))
}

func (f moneyForm) cell(a schemas.Amount) cell { return cell{f.write(a), schemas.CellNumber} }

func (l layout) epoch() int {
	if l.epoch1904 {
		return epoch1904
	}
	return epoch1900
}

// part is the money of a line that a column holds.
func (l LedgerLine) part(holds content) schemas.Amount {
	switch holds {
	case holdsVAT:
		return l.VAT
	case holdsGross:
		return l.Amount + l.VAT
	}
	return l.Amount
}

// totalRow adds up each money column; the word stands in the first column.
func (l layout) totalRow(lines []LedgerLine) []cell {
	row := make([]cell, len(l.columns))
	for i, c := range l.columns {
		if c.holds != holdsAmount && c.holds != holdsVAT && c.holds != holdsGross {
			continue
		}
		var sum schemas.Amount
		for _, line := range lines {
			sum += line.part(c.holds)
		}
		row[i] = l.money.cell(sum)
	}
	row[0].text = "Total"
	return row
}

// csv writes rows with the publisher's delimiter, quoting and line ends.
func (l layout) csv(rows [][]cell) []byte {
	var out strings.Builder
	for i, row := range rows {
		for j := range max(len(row), 1) + l.trailing {
			if j > 0 {
				out.WriteString(l.delimiter)
			}
			if j < len(row) {
				out.WriteString(l.quote(row[j].text))
			}
		}
		out.WriteString(l.endOf(i))
	}
	return l.encoding.encode(out.String())
}

func (l layout) quote(text string) string {
	if !l.quoteAll && !strings.ContainsAny(text, "\"\r\n"+l.delimiter) {
		return text
	}
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}

func (l layout) endOf(row int) string {
	switch {
	case l.lineEnd != "mixed":
		return l.lineEnd
	case row%7 == 3:
		return "\n"
	}
	return "\r\n"
}
