package times

import (
	"strconv"
	"strings"
)

// length is the ISO 8601 duration of a length and its smaller parts, empty when a part has no stated number.
func (n *node) length() string {
	var date, clock strings.Builder
	for x := n; x != nil; x = x.a {
		if x.n <= 0 {
			return ""
		}
		v, letter, isClock := x.n, "", false
		switch x.unit {
		case second:
			letter, isClock = "S", true
		case minute:
			letter, isClock = "M", true
		case hour:
			letter, isClock = "H", true
		case day, night:
			letter = "D"
		case weekend:
			v, letter = 2*v, "D"
		case week:
			letter = "W"
		case fortnight:
			v, letter = 2*v, "W"
		case month:
			letter = "M"
		case quarter:
			v, letter = 3*v, "M"
		case year:
			letter = "Y"
		case decade:
			v, letter = 10*v, "Y"
		case century:
			v, letter = 100*v, "Y"
		default:
			return ""
		}
		b := &date
		if isClock {
			b = &clock
		}
		b.WriteString(strconv.FormatFloat(v, 'f', -1, 64))
		b.WriteString(letter)
	}
	if clock.Len() > 0 {
		return "P" + date.String() + "T" + clock.String()
	}
	return "P" + date.String()
}
