package record

import "testing"

func TestSentenceOf(t *testing.T) {
	text := []rune("It rained. Near the pier, Gen. Ruiz counted 11. He left.")
	for _, c := range []struct {
		span Span
		side int
		want string
	}{
		{Span{44, 46}, 300, "Near the pier, Gen. Ruiz counted 11. "},
		{Span{44, 46}, 5, "nted 11. "},
		{Span{0, 2}, 300, "It rained. "},
		{Span{48, 50}, 300, "He left."},
	} {
		whole, ok := SentenceOf(text, c.span, c.side)
		if got := string(text[whole[0]:whole[1]]); !ok || got != c.want {
			t.Errorf("%v, %d to either side: %q, want %q", c.span, c.side, got, c.want)
		}
	}
	for _, span := range []Span{{3, 3}, {-1, 2}, {5, 2}, {0, 57}} {
		if whole, ok := SentenceOf(text, span, 300); ok {
			t.Errorf("%v stands in %v", span, whole)
		}
	}
}
