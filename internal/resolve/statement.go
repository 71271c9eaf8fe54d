package resolve

import (
	"parley/internal/document"
	"parley/internal/read"
	"parley/internal/record"
)

// statementDraft is an attribution with its actors.
type statementDraft struct {
	source, addressee, via []*actor
	keep                   bool
	mention                document.Span
}

func (w *work) draftStatements(d *drafts) {
	d.statements = make([]statementDraft, len(w.in.Attributions))
	for i := range w.in.Attributions {
		att := &w.in.Attributions[i]
		s := &d.statements[i]
		if s.keep = w.hasContent(att); !s.keep {
			continue
		}
		s.source = w.sources(i)
		s.addressee = w.actorsOfAll(att.Addressee)
		s.addressee = without(s.addressee, s.source)
		for _, p := range att.Via {
			for _, a := range w.sourceOf(p) {
				s.via = addActor(s.via, a)
			}
		}
		s.via = without(s.via, s.source)
		s.mention = att.SourceSpan
		if s.mention.Empty() && len(att.Source) > 0 {
			for _, p := range att.Source {
				s.mention = hull(s.mention, w.phraseSpan(p))
			}
		}
	}
}

func without(list, drop []*actor) []*actor {
	var out []*actor
	for _, a := range list {
		skip := false
		for _, b := range drop {
			skip = skip || a == b
		}
		if !skip {
			out = append(out, a)
		}
	}
	return out
}

func (w *work) hasContent(att *read.Attribution) bool {
	for _, c := range att.Content {
		if !c.Empty() {
			return true
		}
	}
	return false
}

// sources is who speaks in attribution i; a source that no rule can name becomes an actor by its own words.
func (w *work) sources(i int) []*actor {
	for range maxDepth {
		if i < 0 || i >= len(w.in.Attributions) {
			return nil
		}
		att := &w.in.Attributions[i]
		if len(att.Source) > 0 {
			var out []*actor
			for _, p := range att.Source {
				for _, a := range w.sourceOf(p) {
					out = addActor(out, a)
				}
			}
			return out
		}
		if att.SameSource < 0 || att.SameSource == i {
			return nil
		}
		i = att.SameSource
	}
	return nil
}

// sourceOf resolves a phrase that is known to speak.
func (w *work) sourceOf(p read.Phrase) []*actor {
	if p.Head < 0 || p.Head >= len(w.doc.Tokens) {
		return nil
	}
	var out []*actor
	for _, head := range w.conjuncts(p.Head, p.First, p.End) {
		list := w.refer(head)
		if len(list) == 0 {
			list = w.sourceBehind(head, p)
		}
		for _, a := range list {
			out = addActor(out, a)
		}
	}
	for _, a := range out {
		a.used = true
	}
	return out
}

func (w *work) writeStatements(d *drafts) []record.Statement {
	out := []record.Statement{}
	w.statementOf = make([]record.ID, len(w.in.Attributions))
	for i := range d.statements {
		if d.statements[i].keep {
			w.statementOf[i] = record.ID("s" + itoa(len(out)+1))
			out = append(out, record.Statement{ID: w.statementOf[i]})
		}
	}
	n := 0
	for i := range d.statements {
		if d.statements[i].keep {
			w.writeStatement(&out[n], i, &d.statements[i])
			n++
		}
	}
	return out
}

func (w *work) writeStatement(r *record.Statement, i int, s *statementDraft) {
	att := &w.in.Attributions[i]
	r.Source, r.Addressee, r.Via = w.idsOf(s.source), w.idsOf(s.addressee), w.idsOf(s.via)
	r.Content = []record.Words{}
	whole := hull(append([]document.Span{s.mention, att.Cue}, att.Content...)...)
	if !s.mention.Empty() {
		m := w.words(s.mention)
		r.SourceMention = &m
	}
	if !att.Cue.Empty() {
		c := w.words(att.Cue)
		r.Cue = &c
	}
	for _, c := range att.Content {
		if !c.Empty() {
			r.Content = append(r.Content, w.words(c))
		}
	}
	r.Act, r.Quotation, r.Channel = att.Act, att.Quotation, att.Channel
	r.SaidAt = w.time(att.SaidAt)
	if att.Within >= 0 && att.Within != i {
		r.ReportedIn = w.statementID(att.Within)
	}
	words := w.words(whole)
	r.Span, r.Text = words.Span, words.Text
	r.Confidence, r.Why = att.Confidence, att.Why
}
