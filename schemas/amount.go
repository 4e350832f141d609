package schemas

import "strconv"

// Amount is money in whole pence: positive when paid out, negative for a
// credit or refund. It is never a float, here or in SQL (BIGINT pence).
type Amount int64

// String writes the amount as plain decimal pounds, as published in CSV:
// "-12.50", "0.07", "1234.00". No sign for zero, no thousands commas.
func (a Amount) String() string {
	return string(a.Append(nil))
}

// Append appends the String form to b.
func (a Amount) Append(b []byte) []byte {
	pence := uint64(a)
	if a < 0 {
		b = append(b, '-')
		pence = -pence
	}
	b = strconv.AppendUint(b, pence/100, 10)
	return append(b, '.', byte('0'+pence/10%10), byte('0'+pence%10))
}

// Pounds writes the amount for people: "£1,234.50", "-£12.50".
func (a Amount) Pounds() string {
	plain := a.String()
	sign := ""
	if a < 0 {
		sign, plain = "-", plain[1:]
	}
	whole, pence := plain[:len(plain)-3], plain[len(plain)-3:]
	out := make([]byte, 0, len(plain)+len(plain)/3+3)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, whole[i])
	}
	return sign + "£" + string(out) + pence
}
