package comparison

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
)

// Decimal is an exact number in decimal text, without needless noughts:
// "1234", "0.5231". Floats would round it.
type Decimal string

// decimal tidies what a database writes: "0.523100" is "0.5231".
func decimal(text string) Decimal {
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" || text == "" {
		text = "0"
	}
	return Decimal(text)
}

// MarshalJSON writes a JSON number.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d), nil }

// UnmarshalJSON reads a JSON number as it stands.
func (d *Decimal) UnmarshalJSON(text []byte) error {
	var number json.Number
	if err := json.Unmarshal(text, &number); err != nil {
		return err
	}
	*d = Decimal(number)
	return nil
}

// Rat is the number itself.
func (d Decimal) Rat() *big.Rat {
	value, ok := new(big.Rat).SetString(string(d))
	if !ok {
		return new(big.Rat)
	}
	return value
}

// pence rounds to whole pence, half away from zero.
func (d Decimal) pence() Decimal { return Decimal(d.Rat().FloatString(0)) }

func (d Decimal) less(other Decimal) bool { return d.Rat().Cmp(other.Rat()) < 0 }

// Times multiplies, to six places.
func (d Decimal) times(factor *big.Rat) Decimal {
	return decimal(new(big.Rat).Mul(d.Rat(), factor).FloatString(6))
}

// pounds writes pence as "£1,234.56", or "£1,234" from a thousand pounds up.
func pounds(pence int64) string {
	sign := ""
	if pence < 0 {
		sign, pence = "−", -pence
	}
	if pence >= 100_000 || pence%100 == 0 {
		return sign + "£" + grouped((pence+50)/100)
	}
	return fmt.Sprintf("%s£%s.%02d", sign, grouped(pence/100), pence%100)
}

// grouped writes a count as people read it: 1,234,567.
func grouped(n int64) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
