package record

import "fmt"

func (c *checker) null(what string, isNil bool) {
	if isNil {
		c.fail("%s: the list is null", what)
	}
}

func (c *checker) people() {
	c.null("actors", c.rec.Actors == nil)
	c.null("places", c.rec.Places == nil)
	for i := range c.rec.Actors {
		a := &c.rec.Actors[i]
		what := "actor " + string(a.ID)
		c.kind(what, "actor.kind", a.Kind)
		c.ref(what+" part_of", a.PartOf, "actors")
		c.null(what+" aliases", a.Aliases == nil)
		c.null(what+" same_as", a.SameAs == nil)
		c.mentions(what, a.Mentions)
		if a.Name == "" {
			c.fail("%s: no name", what)
		}
	}
	for i := range c.rec.Places {
		p := &c.rec.Places[i]
		what := "place " + string(p.ID)
		c.kind(what, "place.kind", p.Kind)
		c.null(what+" same_as", p.SameAs == nil)
		c.mentions(what, p.Mentions)
		if (p.Lat == nil) != (p.Lon == nil) || p.Lat != nil && (*p.Lat < -90 || *p.Lat > 90 || *p.Lon < -180 || *p.Lon > 180) {
			c.fail("%s: no sound point", what)
		}
	}
}

func (c *checker) mentions(what string, spans []Span) {
	if len(spans) == 0 {
		c.fail("%s: no mention", what)
	}
	for _, s := range spans {
		c.inside(what+" mention", s)
	}
}

func (c *checker) statements() {
	c.null("statements", c.rec.Statements == nil)
	for i := range c.rec.Statements {
		s := &c.rec.Statements[i]
		what := "statement " + string(s.ID)
		c.refs(what+" source", s.Source, "actors")
		c.refs(what+" addressee", s.Addressee, "actors")
		c.refs(what+" via", s.Via, "actors")
		c.words(what+" source_mention", s.SourceMention)
		c.words(what+" cue", s.Cue)
		if len(s.Content) == 0 {
			c.fail("%s: no content", what)
		}
		for k := range s.Content {
			c.words(what+" content", &s.Content[k])
		}
		c.kind(what, "statement.act", s.Act)
		c.kind(what, "statement.quotation", s.Quotation)
		c.time(what+" said_at", s.SaidAt)
		c.ref(what+" reported_in", s.ReportedIn, "statements")
		c.holds(what, s.Span, s.Text)
		c.confidence(what, s.Confidence)
	}
}

func (c *checker) deeds() {
	c.null("events", c.rec.Events == nil)
	c.null("commitments", c.rec.Commitments == nil)
	for i := range c.rec.Events {
		e := &c.rec.Events[i]
		what := "event " + string(e.ID)
		c.kind(what, "event.type", e.Type)
		c.kind(what, "event.status", e.Status)
		c.null(what+" context", e.Context == nil)
		c.refs(what+" actors", e.Actors, "actors")
		c.refs(what+" recipients", e.Recipients, "actors")
		c.refs(what+" where", e.Where, "places")
		c.words(what+" trigger", &e.Trigger)
		c.holds(what, e.Span, e.Text)
		c.time(what+" when", e.When)
		c.ref(what+" asserted_by", e.AssertedBy, "statements")
		c.confidence(what, e.Confidence)
	}
	for i := range c.rec.Commitments {
		m := &c.rec.Commitments[i]
		what := "commitment " + string(m.ID)
		c.refs(what+" by", m.By, "actors")
		c.refs(what+" to", m.To, "actors")
		c.holds(what, m.Span, m.Text)
		c.ref(what+" made_in", m.MadeIn, "statements", "events")
		c.null(what+" conditions", m.Conditions == nil)
		for _, k := range m.Conditions {
			c.kind(what+" condition", "condition.kind", k.Kind)
			c.holds(what+" condition", k.Span, k.Text)
		}
		c.time(what+" due", m.Due)
		c.kind(what, "commitment.state", m.State)
		c.confidence(what, m.Confidence)
	}
}

func (c *checker) rest() {
	c.null("contacts", c.rec.Contacts == nil)
	c.null("figures", c.rec.Figures == nil)
	c.null("contradictions", c.rec.Contradictions == nil)
	c.null("agreements", c.rec.Agreements == nil)
	c.null("notices", c.rec.Notices == nil)
	c.null("document authors", c.rec.Document.Authors == nil)
	c.null("document credits", c.rec.Document.Credits == nil)
	for i := range c.rec.Contacts {
		k := &c.rec.Contacts[i]
		what := "contact " + string(k.ID)
		c.kind(what, "contact.kind", k.Kind)
		c.kind(what, "contact.status", k.Status)
		c.refs(what+" participants", k.Participants, "actors")
		c.refs(what+" where", k.Where, "places")
		c.time(what+" when", k.When)
		c.holds(what, k.Span, k.Text)
		c.mentions(what, k.Spans)
		c.ref(what+" asserted_by", k.AssertedBy, "statements")
		c.confidence(what, k.Confidence)
	}
	for i := range c.rec.Figures {
		f := &c.rec.Figures[i]
		what := "figure " + string(f.ID)
		c.kind(what, "figure.bound", f.Bound)
		c.refs(what+" where", f.Where, "places")
		c.refs(what+" asserted_by", f.AssertedBy, "statements", "actors")
		c.time(what+" when", f.When)
		c.holds(what, f.Span, f.Text)
		if f.High != nil && *f.High < f.Value {
			c.fail("%s: the range %v to %v runs backwards", what, f.Value, *f.High)
		}
	}
	c.contradictions()
	c.agreements()
}

func (c *checker) contradictions() {
	for i := range c.rec.Contradictions {
		x := &c.rec.Contradictions[i]
		what := "contradiction " + string(x.ID)
		c.kind(what, "contradiction.basis", x.Basis)
		for _, side := range []ID{x.A, x.B} {
			c.ref(what, &side, "statements", "events", "commitments", "figures")
		}
		if x.A == x.B {
			c.fail("%s: both sides are %s", what, x.A)
		}
		c.refs(what+" by", x.By, "actors")
		if x.Span != nil {
			c.holds(what, *x.Span, x.Text)
		} else if x.Basis == "stated" {
			c.fail("%s: stated, but without a span", what)
		}
		c.confidence(what, x.Confidence)
	}
}

func (c *checker) agreements() {
	for i := range c.rec.Agreements {
		g := &c.rec.Agreements[i]
		what := "agreement " + string(g.ID)
		c.refs(what+" parties", g.Parties, "actors")
		c.time(what+" date", g.Date)
		c.null(what+" terms", g.Terms == nil)
		for k := range g.Terms {
			c.words(fmt.Sprintf("%s term %d", what, k+1), &g.Terms[k])
		}
		c.mentions(what, g.Mentions)
	}
}
