package read

import "testing"

func TestCurve(t *testing.T) {
	curves, err := readCurves("# a comment\nevent\t0.5\t0.4\nevent\t0.7\t0.8\n")
	if err != nil {
		t.Fatal(err)
	}
	for evidence, want := range map[float64]float64{0: 0.4, 0.5: 0.4, 0.6: 0.6, 0.7: 0.8, 1: 0.8} {
		if got := curves["event"].At(evidence); got < want-1e-9 || got > want+1e-9 {
			t.Errorf("at %v: %v, want %v", evidence, got, want)
		}
	}
	if got := curves["other"].At(0.3); got != 0.3 {
		t.Errorf("without a curve: %v", got)
	}
	for _, bad := range []string{"event\t0.5\n", "event\tx\t0.4\n", "event\t0.5\t0.4\nevent\t0.6\t0.3\n", "event\t0.5\t1.4\n"} {
		if _, err := readCurves(bad); err == nil {
			t.Errorf("%q was accepted", bad)
		}
	}
}

func TestCalibrationTable(t *testing.T) {
	for kind := range calibration() {
		if kind != "attribution" && kind != "event" {
			t.Errorf("a curve for %s, which nothing uses", kind)
		}
	}
}
