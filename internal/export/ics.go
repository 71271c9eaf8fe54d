package export

import (
	"bufio"
	"context"
	"strings"

	ics "github.com/arran4/golang-ical"
)

// writeICS writes the commitments that have a due day as all-day events of a calendar (RFC 5545). Only what people
// decided counts as a state; before that it is "not assessed". The stamp is when the commitment became known, so that
// the same archive gives the same calendar.
func writeICS(ctx context.Context, x *exporter, w *bufio.Writer) error {
	cal := ics.NewCalendarFor("Parley")
	cal.SetProductId("-//Parley//Commitments//EN")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName("Commitments due")
	// The library writes a whole calendar at once; events go one by one between its head and its end.
	end := "END:VCALENDAR\r\n"
	head := strings.TrimSuffix(cal.Serialize(ics.WithNewLine("\r\n")), end)
	if _, err := w.WriteString(head); err != nil {
		return err
	}
	form := &ics.SerializationConfiguration{MaxLength: 75, PropertyMaxLength: 75, NewLine: "\r\n"}
	err := x.each(ctx, x.opt.Kinds, func(it *item) error {
		event := x.vevent(it)
		if event == nil {
			return nil
		}
		return event.SerializeTo(w, form)
	})
	if err != nil {
		return err
	}
	_, err = w.WriteString(end)
	return err
}

// vevent is a commitment on the day it is due; nil without a due day or when it was rejected.
func (x *exporter) vevent(it *item) *ics.VEvent {
	due, ok := dueDay(it.com)
	if !ok || !it.accepted() {
		return nil
	}
	state := strings.ReplaceAll(clipped(it.state, mostName), "_", " ")
	event := ics.NewEvent(string(it.ID) + "@" + x.host())
	event.SetDtStampTime(it.Known)
	event.SetAllDayStartAt(due)
	event.SetAllDayEndAt(due.AddDate(0, 0, 1))
	event.SetTimeTransparency(ics.TransparencyTransparent)
	event.SetSummary("Due: " + short(it.headline(), 200))
	event.SetDescription(strings.Join(x.description(it, state), "\n"))
	event.SetProperty(ics.ComponentPropertyCategories, state)
	if address := web(it.URL); address != "" {
		event.SetURL(address)
	}
	return event
}

func (x *exporter) description(it *item, state string) []string {
	lines := []string{"State: " + state, "Words: “" + clipped(it.Text, mostWords) + "”"}
	if t := it.com.Due; t.Text != "" {
		lines = append(lines, "Due: "+clipped(t.Text, mostName))
	}
	for _, c := range it.com.Conditions {
		lines = append(lines, "Condition: "+clipped(c.Kind+": "+c.Text, mostWords))
	}
	lines = append(lines, "Source: "+it.place())
	if page := web(x.page(it.ID)); page != "" {
		lines = append(lines, "Entry: "+page)
	}
	return lines
}
