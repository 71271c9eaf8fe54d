package reconcile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"parley/internal/record"
)

const (
	shingleWords   = 5      // words of a shingle
	winnowShingles = 8      // shingles of a window: of each, the smallest hash is indexed
	longPiece      = 60     // words after which a piece is cut at the next end of a sentence
	mostWords      = 50_000 // words of an article that are looked at
)

// originPiece is a paragraph or a part of one.
type originPiece struct {
	span      record.Span // up to the next piece, so that pieces cover the text
	words     int
	bare      int      // words outside quotations
	all       []int32  // its distinct shingles, as places in the sheet's list
	unquoted  []int32  // those of its words outside quotations, read as one run
	kept      []uint32 // the hashes of both
	prints    []uint32 // those that are indexed
	furniture bool     // a line that stands under articles, not part of one
}

// originSheet is an article's text as origins see it.
type originSheet struct {
	pieces []originPiece
	places map[uint32]int32 // of the distinct shingles
	words  int
}

func newOriginSheet(text string) *originSheet {
	s := &originSheet{places: map[uint32]int32{}}
	start, n := 0, 0 // of the paragraph: in bytes, in code points
	for _, end := range paragraphEnds(text) {
		sc := originScan{sheet: s, text: text[start:end], first: n}
		n = sc.run()
		start = end
	}
	return s
}

// paragraphEnds are the byte offsets where paragraphs end: at blank lines or, in a text that has none, at line ends.
func paragraphEnds(text string) []int {
	blank := strings.Contains(text, "\n\n")
	var out []int
	for at := 0; at < len(text); {
		cut := strings.IndexByte(text[at:], '\n')
		if cut < 0 {
			break
		}
		from := at + cut
		end := from + len(text[from:]) - len(strings.TrimLeftFunc(text[from:], unicode.IsSpace))
		if !blank || strings.Count(text[from:end], "\n") > 1 {
			out = append(out, end)
		}
		at = end
	}
	if len(out) == 0 || out[len(out)-1] < len(text) {
		out = append(out, len(text))
	}
	return out
}

// originScan reads one paragraph into pieces.
type originScan struct {
	sheet  *originSheet
	text   string
	first  int  // code point where the piece begins
	closer rune // what ends the quotation we are in; 0 outside
	all    []uint64
	bare   []uint64
	word   []byte
}

// run reads the paragraph and returns the code point where it ends.
func (sc *originScan) run() int {
	n, prev, ended := sc.first, ' ', false
	for at, r := range sc.text {
		_, size := utf8.DecodeRuneInString(sc.text[at:])
		next, _ := utf8.DecodeRuneInString(sc.text[at+size:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
			if ended && unicode.IsUpper(r) && len(sc.word) == 0 {
				sc.cut(n)
			}
			ended = false
			sc.letter(r)
		case len(sc.word) > 0 && inWord(prev, r, next):
			if r == '.' {
				sc.letter(r)
			}
		default:
			sc.endWord()
			ended = sc.end(r, ended)
			sc.quote(prev, r, next)
		}
		prev = r
		n++
	}
	sc.endWord()
	sc.close(n)
	return n
}

// inWord says whether a mark between two letters or digits belongs to their word.
func inWord(prev, r, next rune) bool {
	switch r {
	case '\'', '’':
		return unicode.IsLetter(prev) && unicode.IsLetter(next)
	case '.', ',':
		return unicode.IsDigit(prev) && unicode.IsDigit(next)
	}
	return false
}

// end says whether a sentence has ended at a mark, outside quotations and after enough words to cut there.
func (sc *originScan) end(r rune, ended bool) bool {
	if strings.ContainsRune(".!?", r) {
		return len(sc.all) >= longPiece
	}
	return ended && (unicode.IsSpace(r) || strings.ContainsRune("\"”»)", r))
}

// quote follows quotation marks. An apostrophe inside a word never comes here.
func (sc *originScan) quote(prev, r, next rune) {
	switch {
	case sc.closer == '\'':
		if r == '\'' && prev == '\'' {
			sc.closer = 0
		}
	case sc.closer != 0:
		if r == sc.closer || sc.closer == '“' && r == '”' {
			sc.closer = 0
		}
	case r == '“':
		sc.closer = '”'
	case r == '„':
		sc.closer = '“'
	case r == '«':
		sc.closer = '»'
	case r == '"':
		sc.closer = '"'
	case r == '‘' && unicode.IsLetter(next):
		sc.closer = '’'
	case r == '\'' && prev == '\'' || r == '`' && prev == '`': // two of them, where a typesetter had no quotation mark
		sc.closer = '\''
	}
}

// letter adds to the word. Scripts that are written without spaces have a word for each sign.
func (sc *originScan) letter(r rune) {
	if r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
		sc.endWord()
		sc.word = utf8.AppendRune(sc.word, r)
		sc.endWord()
		return
	}
	sc.word = utf8.AppendRune(sc.word, unicode.ToLower(r))
}

// endWord hashes the word without accents (FNV-1a, 64 bits).
func (sc *originScan) endWord() {
	if len(sc.word) == 0 {
		return
	}
	word := sc.word
	if !isASCII(word) {
		word = []byte(foldMarks(string(word)))
	}
	h := uint64(14695981039346656037)
	for _, b := range word {
		h = (h ^ uint64(b)) * 1099511628211
	}
	sc.word = sc.word[:0]
	if sc.sheet.words++; sc.sheet.words > mostWords {
		return
	}
	sc.all = append(sc.all, h)
	if sc.closer == 0 {
		sc.bare = append(sc.bare, h)
	}
}

func isASCII(word []byte) bool {
	for _, b := range word {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// foldMarks takes accents and other combining marks off and unites compatible forms of signs (Unicode NFKD).
func foldMarks(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.M, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}

// cut ends a piece where the next sentence begins, unless that is inside a quotation.
func (sc *originScan) cut(at int) {
	if sc.closer == 0 {
		sc.close(at)
	}
}

// close makes a piece of what was read.
func (sc *originScan) close(at int) {
	s := sc.sheet
	p := originPiece{span: record.Span{sc.first, at}, words: len(sc.all), bare: len(sc.bare)}
	all := originShingles(sc.all)
	p.prints = originWinnow(all)
	p.all = s.place(all)
	p.unquoted = p.all
	if len(sc.bare) < len(sc.all) {
		p.unquoted = s.place(originShingles(sc.bare))
	}
	p.furniture = p.words <= longPiece && isFurniture(sc.text)
	p.kept = keptHashes(all, sc)
	s.pieces = append(s.pieces, p)
	sc.first, sc.all, sc.bare = at, sc.all[:0], sc.bare[:0]
}

// keptHashes are those that later articles are compared with: all shingles and, where there are quotations, those of
// the words outside them.
func keptHashes(all []uint32, sc *originScan) []uint32 {
	if len(sc.bare) == len(sc.all) {
		return all
	}
	seen := map[uint32]bool{}
	for _, h := range all {
		seen[h] = true
	}
	for _, h := range originShingles(sc.bare) {
		if !seen[h] {
			all = append(all, h)
		}
	}
	return all
}

// originShingles hashes every run of shingleWords words.
func originShingles(words []uint64) []uint32 {
	if len(words) < shingleWords {
		return nil
	}
	out := make([]uint32, 0, len(words)-shingleWords+1)
	for i := range len(words) - shingleWords + 1 {
		h := uint64(0)
		for _, w := range words[i : i+shingleWords] {
			h = (h ^ w) * 0x9e3779b97f4a7c15
			h ^= h >> 29
		}
		out = append(out, uint32(h>>32))
	}
	return out
}

// originWinnow takes the smallest hash of every window, each once.
func originWinnow(hashes []uint32) []uint32 {
	var out []uint32
	for i := 0; i == 0 && len(hashes) > 0 || i+winnowShingles <= len(hashes); i++ {
		least := hashes[i]
		for _, h := range hashes[i:min(i+winnowShingles, len(hashes))] {
			least = min(least, h)
		}
		if len(out) == 0 || out[len(out)-1] != least {
			out = append(out, least)
		}
	}
	return out
}

// place gives the distinct hashes their places in the sheet's list.
func (s *originSheet) place(hashes []uint32) []int32 {
	out := make([]int32, 0, len(hashes))
	seen := make(map[int32]bool, len(hashes))
	for _, h := range hashes {
		at, ok := s.places[h]
		if !ok {
			at = int32(len(s.places))
			s.places[h] = at
		}
		if !seen[at] {
			seen[at] = true
			out = append(out, at)
		}
	}
	return out
}
