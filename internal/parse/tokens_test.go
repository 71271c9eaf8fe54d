package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/document"
)

// cut tokenises a text that stands for a whole paragraph and joins the tokens with bars.
func cut(text string) string {
	var forms []string
	for _, s := range tokenSpans(text, document.Span{End: len(text)}) {
		forms = append(forms, text[s.Start:s.End])
	}
	return strings.Join(forms, "|")
}

func TestTokens(t *testing.T) {
	tests := []struct{ text, want string }{
		{"The envoy's aides don't agree.", "The|envoy|'s|aides|do|n't|agree|."},
		{"We’re sure they’ll say it isn’t so", "We|’re|sure|they|’ll|say|it|is|n’t|so"},
		{"DON'T! can't cannot won't", "DO|N'T|!|ca|n't|can|not|wo|n't"},
		{"ministers' homes and O'Brien's dog", "ministers|'|homes|and|O'Brien|'s|dog"},
		{"rebel-held land, anti-war talks", "rebel|-|held|land|,|anti-war|talks"},
		{"a 26-year-old with an S-300 in al-Hasa", "a|26|-|year|-|old|with|an|S|-|300|in|al|-|Hasa"},
		{"the U.S. and the U.N., at 5 p.m. today", "the|U.S.|and|the|U.N.|,|at|5|p.m.|today"},
		{"U.S.-backed forces", "U.S.|-|backed|forces"},
		{"Gen. Ada B. Stone met Mr. Roe on Feb. 12.", "Gen.|Ada|B.|Stone|met|Mr.|Roe|on|Feb.|12|."},
		{"They said no. No. 5 left.", "They|said|no|.|No.|5|left|."},
		{"150,000 troops, 3.5 per cent, 10:30, 9/11", "150,000|troops|,|3.5|per|cent|,|10:30|,|9/11"},
		{"$4.5bn, US$3m, 20% and £7", "$|4.5|bn|,|US$|3|m|,|20|%|and|£|7"},
		{"2014-2016 and 555-1234", "2014|-|2016|and|555-1234"},
		{"in the 1990s, the 20th, 4G", "in|the|1990s|,|the|20th|,|4G"},
		{"See https://example.org/a?b=c. Mail a.b@example.org, now", "See|https://example.org/a?b=c|.|Mail|a.b@example.org|,|now"},
		{"@ministry wrote #ceasefire on example.com.", "@ministry|wrote|#ceasefire|on|example.com|."},
		{`"No," he said. “Yes.” ‘Maybe’ «Oui»`, `"|No|,|"|he|said|.|“|Yes|.|”|‘|Maybe|’|«|Oui|»`},
		{"Wait... what?! Yes – no—never -- ever…", "Wait|...|what|?!|Yes|–|no|—|never|--|ever|…"},
		{"end.Start and/or AT&T", "end|.|Start|and|/|or|AT&T"},
		{"``Quoted'' text", "``|Quoted|''|text"},
		{"in the '90s they took 'em", "in|the|'90s|they|took|'em"},
		{"Lt. Col. Doe, Ph.D., of Acme Inc. said", "Lt.|Col.|Doe|,|Ph.D.|,|of|Acme|Inc.|said"},
		{"", ""}, {" \u200b\t\n", ""}, {"'s", "'|s"}, {"’", "’"},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, cut(test.text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
}

// checkTokens verifies what the package promises of tokens: inside the paragraph, ascending, never empty,
// and nothing but blanks between them.
func checkTokens(t *testing.T, text string, at document.Span, spans []document.Span) {
	t.Helper()
	blank := func(s string) bool { return strings.TrimFunc(s, isBlank) == "" }
	last := at.Start
	for _, s := range spans {
		if s.Start < last || s.End <= s.Start || s.End > at.End {
			t.Fatalf("%q: token [%d,%d) after byte %d", text, s.Start, s.End, last)
		}
		if !blank(text[last:s.Start]) {
			t.Fatalf("%q: %q lies between tokens", text, text[last:s.Start])
		}
		last = s.End
	}
	if !blank(text[last:at.End]) {
		t.Fatalf("%q: %q is in no token", text, text[last:at.End])
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"", "U.S.", "don't", "a@b.c", "http://", "''", "1-2-3-4", "e.g.a.b.", "–\xff", "n't", "x.com/", "é’s", "#", "@_", ".5", "+"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := document.Span{End: len(text)}
		checkTokens(t, text, at, tokenSpans(text, at))
	})
}

func TestTokensLinear(t *testing.T) {
	for _, piece := range []string{"a", "a.", "a-", "1-", "'", "a@", "x.com", "www.", "non-", "n't", "A&", ")", "http://"} {
		text := strings.Repeat(piece, 1<<18/len(piece))
		at := document.Span{End: len(text)}
		checkTokens(t, text, at, tokenSpans(text, at))
	}
}

func BenchmarkTokens(b *testing.B) {
	text := strings.Repeat("The foreign minister's office said on Feb. 12 that 1,500 anti-war protesters didn't leave U.S.-held land. ", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		tokenSpans(text, document.Span{End: len(text)})
	}
}
