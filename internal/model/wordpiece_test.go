package model

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// words of a small vocabulary, one a line; the line is the id.
var smallPieces = []string{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "minister", "spoke", "##sman", "##s", "un",
	"##believ", "##able", ",", ".", "$", "e", "##le", "u", "s", "中", "国", "7", "##th", "-", "“", "i", "σ", "ο", "##ς", "!",
	"##e", "café", "cafe"}

func smallVocabulary() *vocabulary {
	return newVocabulary([]byte(strings.Join(smallPieces, "\n") + "\n"))
}

func pieces(v *vocabulary, word string) string {
	var out []string
	for _, id := range v.cut(nil, word) {
		out = append(out, smallPieces[id])
	}
	return strings.Join(out, " ")
}

func TestWordPiece(t *testing.T) {
	v := smallVocabulary()
	for word, want := range map[string]string{
		"the":                          "the",
		"The":                          "the",
		"THE":                          "the",
		"spokesman":                    "spoke ##sman",
		"ministers":                    "minister ##s",
		"unbelievable":                 "un ##believ ##able",
		"unheard":                      "[UNK]",
		"Élée":                         "e ##le ##e",
		"é":                            "e",
		"e\u0301le":                    "e ##le",
		"U.S.":                         "u . s .",
		"中国":                           "中 国",
		"7th":                          "7 ##th",
		"the-minister":                 "the - minister",
		"“The":                         "“ the",
		"$7":                           "$ 7",
		"":                             "[UNK]",
		"\x00\u200b":                   "[UNK]",
		"the\u00administer":            "[UNK]",
		"th\u00ade":                    "the",
		"the minister":                 "the minister",
		"İ":                            "i",
		"ΟΣ":                           "ο ##ς",
		"Σ":                            "σ",
		"café":                         "cafe",
		"\xff\xfethe":                  "the",
		"...........":                  ". . . . . . . .",
		"the\tthe":                     "the the",
		strings.Repeat("e", 9):         "e ##e ##e ##e ##e ##e ##e ##e",
		strings.Repeat("e", 101) + "!": "[UNK] !",
	} {
		if got := pieces(v, word); got != want {
			t.Errorf("%q is cut into %q, want %q", word, got, want)
		}
	}
}

func TestWordPieceDoesNotAllocate(t *testing.T) {
	v, buffer := smallVocabulary(), make([]int32, 0, 16)
	if n := testing.AllocsPerRun(100, func() { v.cut(buffer, "SPOKESMAN") }); n > 0 {
		t.Errorf("%v allocations for a word", n)
	}
}

func TestShapeClass(t *testing.T) {
	for word, want := range map[string]int{
		"the": shapeLower, "Paris": shapeTitle, "NATO": shapeUpper, "U.S.": shapeUpper, "A": shapeInitial, "a": shapeLower,
		"iPhone": shapeMixed, "McDonald": shapeMixed, "2022": shapeDigits, "1,200.50": shapeDigits, "20/02/2022": shapeDigits,
		"7th": shapeBoth, "%": shapeNeither, "": shapeNeither, "5%": shapeOther, ".5": shapeOther, "中国": shapeLower,
		"Šefčovič": shapeTitle, "n't": shapeLower, "O'Brien": shapeMixed, "ǅ": shapeInitial, "٣": shapeDigits,
	} {
		if got := shapeClass(word); got != want {
			t.Errorf("shape of %q is %d, want %d", word, got, want)
		}
	}
	if got := shapeOf("NATO", GapLine); got != 23 {
		t.Errorf("NATO after a line break has shape %d, want 23", got)
	}
}

func FuzzWordPiece(f *testing.F) {
	for _, s := range []string{"the", "Élan", "\xff\xc0", "ΑΣ", "𝒜𝒷", "\u0300\u0300", "ﷺ", strings.Repeat("a\u0301", 300), "İİ"} {
		f.Add(s)
	}
	v := smallVocabulary()
	f.Fuzz(func(t *testing.T, word string) {
		ids := v.cut(nil, word)
		if len(ids) < 1 || len(ids) > maxWordPieces {
			t.Fatalf("%q has %d pieces", word, len(ids))
		}
		for _, id := range ids {
			if int(id) >= len(smallPieces) {
				t.Fatalf("%q has the piece %d", word, id)
			}
		}
		if c := shapeOf(word, GapLine); c < 21 || c > 29 {
			t.Fatalf("%q has shape %d", word, c)
		}
		if again := v.cut(nil, strings.ToValidUTF8(word, "")); utf8.ValidString(word) && len(again) != len(ids) {
			t.Fatalf("%q is cut in two ways", word)
		}
	})
}
