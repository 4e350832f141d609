package api

import (
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// epoch is the day that Arrow counts days from.
const epoch = 719468 // days from 0000-03-01 to 1970-01-01

// appendDate writes 2024-04-30.
func appendDate(buf []byte, day arrow.Date32) []byte {
	year, month, date := civil(int(day))
	if year < 0 || year > 9999 {
		return append(buf, day.FormattedString()...)
	}
	return append(buf, byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10), '-',
		byte('0'+month/10), byte('0'+month%10), '-', byte('0'+date/10), byte('0'+date%10))
}

// civil splits days since 1970 into year, month and day: 400 years have
// 146,097 days, and years counted from March end with their leap day.
func civil(days int) (year, month, day int) {
	days += epoch
	era := days / 146097
	if days < 0 {
		era = (days - 146096) / 146097
	}
	within := days - era*146097
	ofEra := (within - within/1460 + within/36524 - within/146096) / 365
	ofYear := within - (365*ofEra + ofEra/4 - ofEra/100)
	shifted := (5*ofYear + 2) / 153
	day = ofYear - (153*shifted+2)/5 + 1
	month = shifted + 3
	if month > 12 {
		month -= 12
	}
	year = ofEra + era*400
	if month <= 2 {
		year++
	}
	return year, month, day
}

// appendPlain writes numbers and truth values; nothing where there is none.
func appendPlain(buf []byte, column arrow.Array, row int) []byte {
	if column.IsNull(row) {
		return buf
	}
	switch values := column.(type) {
	case *array.Int16:
		return strconv.AppendInt(buf, int64(values.Value(row)), 10)
	case *array.Int32:
		return strconv.AppendInt(buf, int64(values.Value(row)), 10)
	case *array.Int64:
		return strconv.AppendInt(buf, values.Value(row), 10)
	case *array.Boolean:
		return strconv.AppendBool(buf, values.Value(row))
	}
	return append(buf, column.ValueStr(row)...)
}
