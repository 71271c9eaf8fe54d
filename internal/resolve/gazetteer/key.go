package gazetteer

import (
	"strings"
	"unicode"
)

// folds lists letters with marks and what they are filed under; the first letter of each group is the base.
const folds = "aàáâãäåāăąạảấầậắặ cçćčĉċ dďđḑ eèéêëēĕėęěếềệə gğĝġģ hĥħḩḥ iìíîïĩīĭįıİị jĵ kķ lĺļľłŀ nñńņňŉ oòóôõöøōŏőơốồộọ rŕŗř sśŝşšșṣ tţťŧțṭ uùúûüũūŭůűųưứừụ wŵ yýÿŷ zźżž"

// marks maps a letter with marks to its base letter; built from folds at compile-time cost of a small scan.
func unmark(r rune) rune {
	if r < 0x80 {
		return r
	}
	at := strings.IndexRune(folds, r)
	if at < 0 {
		return r
	}
	start := strings.LastIndexByte(folds[:at], ' ') + 1
	return rune(folds[start])
}

// Key is the form under which names are compared: lower case, no marks on letters, no full stops, no
// apostrophes, hyphens without blanks around them, single blanks, no article in front.
func Key(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		r = unicode.ToLower(r)
		switch {
		case r == '.' || r == '"' || r == '“' || r == '”' || r == '\u0307':
			continue
		case r == '\'' || r == '’' || r == '‘' || r == '`' || r == 'ʼ' || r == 'ʿ' || r == 'ʾ':
			continue
		case r == '–' || r == '‑':
			r = '-'
		case r == 'ß':
			b.WriteString("ss")
			continue
		case r == 'æ':
			b.WriteString("ae")
			continue
		case unicode.IsSpace(r):
			blank = b.Len() > 0
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(unmark(r))
	}
	return strings.TrimPrefix(b.String(), "the ")
}
