package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"parley/internal/record"
)

// decisions are made in a copy of the archive, so that no other fact depends on it.
type decisions struct {
	*crisis
	path string
}

// beforehand is a time before any decision: they are made now, the crisis is of 2025.
const beforehand = "2025-12-31"

// decisionFacts are not planted: they hold for any archive.
func decisionFacts(c *crisis, l *ledger) {
	facts := []struct {
		name  string
		check func(*decisions) error
		mark  mark
	}{
		{"confirm a link", (*decisions).confirmLink, mark{}}, {"reject a link", (*decisions).rejectLink, mark{}},
		{"a link keeps its verdict", (*decisions).reconciled, mark{}}, {"reject an entry, then confirm it", (*decisions).changeOfMind, mark{}},
		{"state of a commitment", (*decisions).state, mark{}},
		{"merge", (*decisions).merge, mark{}}, {"withdraw and restore", (*decisions).withdraw, mark{}}, {"the log holds", (*decisions).log, mark{}},
	}
	for i, f := range facts {
		l.fact(f.name, f.mark, func() error {
			d := &decisions{c, filepath.Join(filepath.Dir(c.path), fmt.Sprintf("copy%d.parley", i))}
			data, err := os.ReadFile(c.path)
			if err == nil {
				err = os.WriteFile(d.path, data, 0o600)
			}
			if err != nil {
				return err
			}
			return f.check(d)
		})
	}
}

func (d *decisions) judge(id record.ID, verb string, rest ...string) error {
	_, err := parley(exitOK, append([]string{"judge", d.path, string(id), verb, "--who", "desk", "--why", "checked"}, rest...)...)
	return err
}

// conflicts are the ids of the links that parley contradictions lists.
func (d *decisions) conflicts(flags ...string) ([]record.ID, error) {
	var out struct{ Between []record.Link }
	err := parleyJSON(&out, append([]string{"contradictions", d.path, "--limit", "1000"}, flags...)...)
	var found []record.ID
	for _, l := range out.Between {
		found = append(found, l.ID)
	}
	return found, err
}

// conflict is one contradiction between articles.
func (d *decisions) conflict() (record.ID, error) {
	for _, l := range d.links {
		if l.Kind == record.Conflict {
			return l.ID, nil
		}
	}
	return "", errors.New("no contradiction between articles")
}

// wants checks lists of ids by a condition for each.
func wants(got []record.ID, err error, ok bool, what string) error {
	if err == nil && !ok {
		err = fmt.Errorf("%s: %d listed", what, len(got))
	}
	return err
}

func (d *decisions) confirmLink() error {
	id, err := d.conflict()
	if err != nil {
		return err
	}
	if err := d.judge(id, "confirm"); err != nil {
		return err
	}
	got, err := d.conflicts("--verdict", "confirm")
	if err := wants(got, err, slices.Equal(got, []record.ID{id}), "want the confirmed one"); err != nil {
		return err
	}
	got, err = d.conflicts("--verdict", "confirm", "--as-of", beforehand)
	if err := wants(got, err, len(got) == 0, "nothing was confirmed then"); err != nil {
		return err
	}
	got, err = d.conflicts("--verdict", "confirm", "--as-of", time.Now().Add(24*time.Hour).UTC().Format(time.DateOnly))
	return wants(got, err, len(got) == 1, "the decision is known afterwards")
}

func (d *decisions) rejectLink() error {
	id, err := d.conflict()
	if err != nil {
		return err
	}
	if err := d.judge(id, "reject"); err != nil {
		return err
	}
	got, err := d.conflicts("--verdict", "none")
	if err := wants(got, err, !slices.Contains(got, id), "a rejected one is judged"); err != nil {
		return err
	}
	got, err = d.conflicts("--verdict", "none", "--as-of", beforehand)
	return wants(got, err, slices.Contains(got, id), "it was not judged then")
}

// reconciled wants a verdict to outlive a new comparison of the articles.
func (d *decisions) reconciled() error {
	id, err := d.conflict()
	if err != nil {
		return err
	}
	before, err := d.conflicts()
	if err != nil {
		return err
	}
	if err := d.judge(id, "reject"); err != nil {
		return err
	}
	if _, err := parley(exitOK, "reconcile", d.path); err != nil {
		return err
	}
	got, err := d.conflicts("--verdict", "reject")
	if err := wants(got, err, slices.Equal(got, []record.ID{id}), "want the rejected one"); err != nil {
		return err
	}
	after, err := d.conflicts()
	return wants(after, err, slices.Equal(before, after), fmt.Sprintf("want the %d of before", len(before)))
}

// listOf is what a list command gives.
func (d *decisions) listOf(command string, flags ...string) ([]record.Entry, error) {
	var page record.Page
	err := parleyJSON(&page, append([]string{command, d.path, "--limit", "1000"}, flags...)...)
	return page.Entries, err
}

func (d *decisions) changeOfMind() error {
	all, err := d.listOf("statements")
	if err != nil {
		return err
	}
	id := all[0].ID
	if err := errors.Join(d.judge(id, "reject"), d.judge(id, "confirm")); err != nil {
		return err
	}
	for verdict, want := range map[string]int{"reject": 0, "confirm": 1} {
		got, err := d.listOf("statements", "--verdict", verdict)
		if err := wants(ids(got), err, len(got) == want, verdict); err != nil {
			return err
		}
	}
	if err := d.judge(id, "clear"); err != nil {
		return err
	}
	got, err := d.listOf("statements", "--verdict", "none")
	return wants(ids(got), err, len(got) == len(all), "cleared: none is judged")
}

func (d *decisions) state() error {
	p := d.Commitments[0]
	com, errC := d.at(p.At, "commitment")
	why, errE := d.at(p.Evidence.place)
	if err := errors.Join(errC, errE); err != nil {
		return err
	}
	if err := d.judge(com[0].ID, "state", "kept", "--evidence", string(why[0].ID)); err != nil {
		return err
	}
	for asOf, want := range map[string]string{"": "kept", beforehand: "not_assessed"} {
		var out struct{ Commitments []commitment }
		args := []string{"commitments", d.path, "--article", string(com[0].Article)}
		if asOf != "" {
			args = append(args, "--as-of", asOf)
		}
		if err := parleyJSON(&out, args...); err != nil {
			return err
		}
		i := slices.IndexFunc(out.Commitments, func(c commitment) bool { return c.ID == com[0].ID })
		if i < 0 || out.Commitments[i].Status != want {
			return fmt.Errorf("as of %q not listed as %s", asOf, want)
		}
	}
	if err := d.judge(com[0].ID, "state", "forgotten"); err == nil {
		return errors.New("forgotten was taken for a state")
	}
	return nil
}

// merge makes the two foreign ministers one.
func (d *decisions) merge() error {
	before, err := d.named("Mulenga", "Kalua")
	if err := wants(before, err, len(before) == 2, "two ministers"); err != nil {
		return err
	}
	if _, err := parley(exitOK, "actors", "merge", d.path, string(before[0]), string(before[1]), "--why", "a test"); err != nil {
		return err
	}
	after, err := d.named("Mulenga", "Kalua")
	if err := wants(after, err, len(after) == 1, "merged into one"); err != nil {
		return err
	}
	_, err = parley(exitOK, "verify", d.path)
	return err
}

// named are the identities with these names.
func (d *decisions) named(names ...string) ([]record.ID, error) {
	var out []record.ID
	for _, name := range names {
		var list []record.Identity
		if err := parleyJSON(&list, "actors", d.path, name); err != nil {
			return nil, err
		}
		for _, one := range list {
			if !slices.Contains(out, one.ID) {
				out = append(out, one.ID)
			}
		}
	}
	return out, nil
}

func (d *decisions) withdraw() error {
	id := record.ID(d.articles["howitzers"].ID)
	before, err := d.listOf("statements", "--article", string(id))
	if err := wants(ids(before), err, len(before) > 0, "statements of the article"); err != nil {
		return err
	}
	if err := d.judge(id, "withdraw"); err != nil {
		return err
	}
	got, err := d.listOf("statements", "--article", string(id))
	if err := wants(ids(got), err, len(got) == 0, "withdrawn: nothing counts"); err != nil {
		return err
	}
	got, err = d.listOf("statements", "--article", string(id), "--as-of", beforehand)
	if err := wants(ids(got), err, len(got) == len(before), "it counted then"); err != nil {
		return err
	}
	if err := d.judge(id, "restore"); err != nil {
		return err
	}
	got, err = d.listOf("statements", "--article", string(id))
	return wants(ids(got), err, len(got) == len(before), "restored: all count")
}

// log wants decisions in the trace, and an archive that is still sound, with a log that leads through its earlier head.
func (d *decisions) log() error {
	all, err := d.listOf("statements")
	if err != nil {
		return err
	}
	if err := d.judge(all[0].ID, "doubt"); err != nil {
		return err
	}
	out, err := parley(exitOK, "verify", d.path)
	if err != nil {
		return err
	}
	head := out[strings.LastIndex(strings.TrimSpace(out), " ")+1:]
	if err := d.judge(all[0].ID, "confirm"); err != nil {
		return err
	}
	if _, err := parley(exitOK, "verify", d.path, "--head", strings.TrimSpace(head)); err != nil {
		return err
	}
	traced, err := parley(exitOK, "trace", d.path, string(all[0].ID))
	if err == nil && (!strings.Contains(traced, "doubt") || !strings.Contains(traced, "confirm")) {
		err = errors.New("the trace does not show both decisions")
	}
	return err
}
