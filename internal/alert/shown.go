package alert

import (
	"context"
	"fmt"
)

// Shown is an alert with the words it rests on.
type Shown struct {
	Alert
	Quotes []Quote `json:"quotes"`
	More   int     `json:"more,omitempty"` // entries beside those quoted
}

// Shown adds the words to alerts. Those of an archive that is not here, or that their owner may not see any more, are left
// out.
func (c *Composer) Shown(ctx context.Context, owner string, alerts []Alert) ([]Shown, error) {
	out := []Shown{}
	for i := range alerts {
		a := &alerts[i]
		in, err := c.open(ctx, &Rule{Owner: owner, Archive: a.Archive})
		if err != nil {
			continue
		}
		t, err := c.told(ctx, in, a)
		if err != nil {
			return nil, fmt.Errorf("showing alert %s: %w", a.ID, err)
		}
		out = append(out, Shown{*a, t.Quotes, t.More})
	}
	return out, nil
}
