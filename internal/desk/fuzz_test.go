package desk

import (
	"strings"
	"testing"
)

// FuzzPlace holds cursors of the review queue to what they were made of, and everything else to no panic.
func FuzzPlace(f *testing.F) {
	for _, seed := range []string{"", "w1.", "w1._350_1900000000000000_s-1f8gk20mzq4a", "_1_2_s-x", "_", "a_b_c_d", "__1__2__3", "_99999999999999999999_1_x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cursor string) {
		window, last, err := parsePlace(cursor)
		if err != nil || last == nil {
			return
		}
		again, same, err := parsePlace(last.place(window))
		if err != nil || again != window || same == nil || same.compare(last) != 0 {
			t.Errorf("%q became %q", cursor, last.place(window))
		}
		if strings.Contains(window, "_") {
			t.Errorf("the window %q is not one", window)
		}
	})
}
