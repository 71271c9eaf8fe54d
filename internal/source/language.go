package source

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"

	"parley/internal/document"
)

const (
	enoughWords   = 8      // fewer do not tell whether they are English
	enoughLetters = 120    // fewer do not tell which other language they are in
	plentyOfText  = 20_000 // bytes; more does not tell it better
)

// setLanguage names the language of the copy: as the caller says, as it reads, or as the file says, in that
// order. Only body paragraphs are looked at, because furniture is often in another language. Copy that is
// not English is noticed: Parley reads English.
func (p *page) setLanguage(declared, said string) {
	found, sure := p.detect()
	switch {
	case said != "":
		p.Language = languageCode(said)
	case found != "":
		p.Language = found
	default:
		p.Language = languageCode(declared)
	}
	if p.Language != "" && p.Language != "en" && (sure || said != "") {
		p.Notices = append(p.Notices, document.Notice{Kind: "not_english",
			Text: "the text is not in English (" + p.Language + "): what is read from it is not to be relied on"})
	}
}

// detect is the ISO 639-1 code of the language the body is in; empty when it does not tell.
func (p *page) detect() (code string, sure bool) {
	var body strings.Builder
	letters := 0
	for _, par := range p.Paragraphs {
		if par.Kind != document.Body {
			continue
		}
		words := p.Slice(par.Span)
		for _, r := range words {
			if unicode.IsLetter(r) {
				letters++
			}
		}
		body.WriteString(words)
		body.WriteByte('\n')
		if body.Len() > plentyOfText {
			break
		}
	}
	if isEnglish(body.String()) {
		return "en", true
	}
	if letters < enoughLetters {
		return "", false
	}
	info := whatlanggo.Detect(body.String())
	code = info.Lang.Iso6391()
	if code == "" || !info.IsReliable() {
		return "", false
	}
	return code, true
}

// isEnglish says whether at least every sixth word is one of the small words of English. Names of people and
// places mislead a reading by letters, which is why this comes first.
func isEnglish(body string) bool {
	all, small := 0, 0
	for word := range strings.FieldsSeq(body) {
		all++
		if isWord("english", word) {
			small++
		}
	}
	return all >= enoughWords && small*6 >= all
}

// languageCode is the first part of a language tag: "en" of "en-GB".
func languageCode(tag string) string {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if i := strings.IndexAny(tag, "-_"); i > 0 {
		tag = tag[:i]
	}
	switch tag {
	case "english":
		return "en"
	case "eng":
		return "en"
	}
	if len(tag) > 3 {
		return ""
	}
	return tag
}
