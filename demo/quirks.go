package demo

import (
	"fmt"
	"time"

	"commonspend/schemas"
)

// Quirks lists, in a few words each, what is odd about a publisher's files.
func (w *World) Quirks(publisher string) []string {
	for _, b := range w.bodies {
		if b.ID == publisher {
			return b.layout.quirks()
		}
	}
	return nil
}

func (l layout) quirks() []string {
	list := []string{"container:" + l.container, "dates:" + string(l.dates), "money:" + l.money.String(), "vat:" + string(l.basis())}
	if l.container != "xlsx" {
		list = append(list, "encoding:"+string(l.encoding), fmt.Sprintf("delimiter:%q", l.delimiter), fmt.Sprintf("line end:%q", l.lineEnd))
	}
	for _, quirk := range []struct {
		is   bool
		name string
	}{
		{l.preamble > 0, fmt.Sprintf("preamble:%d", l.preamble)},
		{l.repeatHeader > 0, fmt.Sprintf("header again every:%d", l.repeatHeader)},
		{l.blankEvery > 0, fmt.Sprintf("blank row every:%d", l.blankEvery)},
		{l.trailing > 0, fmt.Sprintf("empty columns:%d", l.trailing)},
		{l.total, "total row"}, {l.footer, "footer"}, {l.quoteAll, "all quoted"},
		{l.neighbours, "neighbouring months"}, {l.undated, "some dates blank"}, {l.pipes, "pipes in cells"},
		{l.twoSheets, "two sheets of payments"}, {l.notesSheet, "hidden sheet of notes"},
		{l.epoch1904, "1904 epoch"}, {l.merged, "merged title"},
		{l.has(holdsGross), "net and gross"}, {l.name == 3, "file name without a month"},
	} {
		if quirk.is {
			list = append(list, quirk.name)
		}
	}
	return list
}

// monthName writes "June 2024".
func monthName(first schemas.Date) string {
	year, month, _ := first.Civil()
	return time.Month(month).String() + fmt.Sprintf(" %d", year)
}
