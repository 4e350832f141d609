package demo

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"commonspend/schemas"
)

// dateForm is how a publisher writes a date.
type dateForm string

const (
	dateDay        dateForm = "03/06/2024"
	dateDayShort   dateForm = "3/6/24"
	dateISO        dateForm = "2024-06-03"
	dateTime       dateForm = "2024-06-03 00:00:00"
	dateMonthName  dateForm = "03-Jun-2024"
	dateDots       dateForm = "03.06.2024"
	dateMonthFirst dateForm = "6/3/2024"
	dateSerial     dateForm = "45446"
	dateWeekday    dateForm = "Monday 3 June 2024"
)

func dateForms() []dateForm {
	return []dateForm{dateDay, dateISO, dateMonthName, dateDay, dateDots, dateDayShort, dateTime}
}

// epoch is how many days a workbook's day 0 lies before 1 January 1970.
const (
	epoch1900 = 25569
	epoch1904 = 24107
)

func (f dateForm) write(d schemas.Date, epoch int) string {
	if d == schemas.NoDate {
		return ""
	}
	year, month, day := d.Civil()
	moment := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	switch f {
	case dateISO:
		return d.String()
	case dateTime:
		return d.String() + " 00:00:00"
	case dateDayShort:
		return moment.Format("2/1/06")
	case dateMonthName:
		return moment.Format("02-Jan-2006")
	case dateDots:
		return moment.Format("02.01.2006")
	case dateMonthFirst:
		return moment.Format("1/2/2006")
	case dateSerial:
		return strconv.Itoa(int(d) + epoch)
	case dateWeekday:
		return moment.Format("Monday 2 January 2006")
	}
	return moment.Format("02/01/2006")
}

// moneyForm is how a publisher writes an amount.
type moneyForm int

const (
	moneyPlain      moneyForm = iota // 1234.50 -1234.50
	moneyPound                       // £1,234.50 -£1,234.50
	moneyCommas                      // 1,234.50 -1,234.50
	moneyBrackets                    // 1,234.50 (1,234.50)
	moneyTrailing                    // 1234.50 1234.50-
	moneyCR                          // 1234.50 1234.50 CR
	moneyAccounting                  // " £1,234.50 " "(£1,234.50)" and a bare "-" for nil
	moneyShort                       // 1234.5 -1234.5: as Excel writes General
	moneyForms                       // how many there are
)

func (f moneyForm) String() string {
	return []string{"plain", "pound", "commas", "brackets", "trailing minus", "CR", "accounting", "short"}[f]
}

func (f moneyForm) write(a schemas.Amount) string {
	size, credit := max(a, -a), a < 0
	commas := strings.TrimPrefix(size.Pounds(), "£")
	switch f {
	case moneyPound:
		return a.Pounds()
	case moneyCommas:
		return sign(credit, "-", commas, "")
	case moneyBrackets:
		return sign(credit, "(", commas, ")")
	case moneyTrailing:
		return sign(credit, "", size.String(), "-")
	case moneyCR:
		return sign(credit, "", size.String(), " CR")
	case moneyAccounting:
		if a == 0 {
			return " -   "
		}
		if credit {
			return "(£" + commas + ")"
		}
		return " £" + commas + " "
	case moneyShort:
		return strings.TrimSuffix(strings.TrimRight(a.String(), "0"), ".")
	}
	return a.String()
}

func sign(credit bool, before, size, after string) string {
	if credit {
		return before + size + after
	}
	return size
}

// nameForm is how a publisher names its files.
type nameForm int

const nameForms nameForm = 6

// write names a file; a later edition has a name of its own.
func (f nameForm) write(b body, month schemas.Date, edition int, extension string) string {
	year, m, _ := month.Civil()
	moment := time.Date(year, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
	over, again := strconv.Itoa(int(b.Threshold/100)), ""
	if b.Threshold > 500_00 {
		over = "25k"
	}
	if edition > 1 {
		again = "_revised" // sorts after the first edition
	}
	switch f {
	case 1:
		return moment.Format("payments_2006_01") + again + extension
	case 2:
		return moment.Format("Jan-06") + " supplier payments" + again + extension
	case 3: // says nothing of its month
		return fmt.Sprintf("document-%d%s", 10000+monthIndex(month)*37+edition*1000, extension)
	case 4:
		year := month.FinancialYear()
		return fmt.Sprintf("%s-P%02d-expenditure%s%s", year.Slug(), (m+8)%12+1, again, extension)
	case 5:
		return moment.Format("transparency-200601") + again + extension
	}
	return "spend-over-" + over + strings.ToLower(moment.Format("-January-2006")) + again + extension
}
