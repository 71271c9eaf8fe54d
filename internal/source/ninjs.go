package source

import (
	"encoding/json"
	"slices"
	"strings"
)

// isNinjs says whether a JSON object is IPTC's ninjs, of version 1 to 3 (iptc.org/standards/ninjs): it names its standard,
// or has a uri and a field that only ninjs has.
func isNinjs(fields map[string]json.RawMessage) bool {
	var standard struct{ Name string }
	if json.Unmarshal(pick(fields, []string{"standard", "$standard"}), &standard) == nil && strings.EqualFold(standard.Name, "ninjs") {
		return true
	}
	return pick(fields, []string{"uri"}) != nil && pick(fields, []string{"pubstatus", "representationtype", "versioncreated"}) != nil
}

// readNinjs yields the article of a ninjs object, or those in a package of them.
func readNinjs(raw []byte, fields map[string]json.RawMessage, name string, opt Options, yield yielder) bool {
	parts := pick(fields, []string{"associations"})
	if ninjsBody(fields) != "" || parts == nil || statusOf(firstOf(fields, []string{"pubstatus"})) != Usable {
		return yield(ninjsArticle(raw, fields, name, opt))
	}
	var list []json.RawMessage // version 2 and 3
	var byName map[string]json.RawMessage
	if json.Unmarshal(parts, &list) != nil && json.Unmarshal(parts, &byName) == nil {
		names := make([]string, 0, len(byName))
		for key := range byName {
			names = append(names, key)
		}
		slices.Sort(names)
		for _, key := range names {
			list = append(list, byName[key])
		}
	}
	found := false
	for _, part := range list {
		var inner map[string]json.RawMessage
		if json.Unmarshal(part, &inner) != nil || ninjsBody(inner) == "" && statusOf(firstOf(inner, []string{"pubstatus"})) == Usable {
			continue // a picture, or a reference alone
		}
		found = true
		if !yield(ninjsArticle(part, inner, name, opt)) {
			return false
		}
	}
	return found || yield(ninjsArticle(raw, fields, name, opt))
}

// ninjsArticle makes an item of one ninjs object.
func ninjsArticle(raw []byte, fields map[string]json.RawMessage, name string, opt Options) (Item, error) {
	note := firstOf(fields, []string{"ednote", "editorialnote"})
	meta := metadata{
		title:     firstOf(fields, []string{"headline", "headlines", "title", "slugline"}),
		publisher: first(firstOf(fields, []string{"copyrightholder", "provider"}), firstOf(fields, []string{"infosource", "infosources", "source"})),
		language:  firstOf(fields, []string{"language"}), published: firstOf(fields, []string{"versioncreated", "contentcreated", "firstcreated"}),
		authors: names(pick(fields, []string{"byline", "by"})), credits: append(names(pick(fields, []string{"creditline"})), names(pick(fields, []string{"infosource", "infosources"}))...),
	}
	uri := firstOf(fields, []string{"uri", "guid"})
	if address := firstOf(fields, []string{"url", "canonicalurl"}); isWebAddress(address) {
		meta.url = address
	} else if isWebAddress(uri) {
		meta.url = uri
	}
	status := statusOf(firstOf(fields, []string{"pubstatus"}))
	item := Item{Raw: raw, MediaType: JSON.mediaType(), Location: name, GUID: scopedGUID(uri, meta.publisher),
		Status: versioned(status, firstOf(fields, []string{"version"}), note)}
	d, err := mixedDraft(ninjsBody(fields))
	if err != nil {
		return Item{}, named(err, name)
	}
	d.meta = meta
	if note != "" {
		d.notes = append(d.notes, editorNote(note))
	}
	return item.with(d, firstOf(fields, []string{"located"}), opt)
}

// ninjsBody is the text of a ninjs object: from bodies (versions 2 and 3) or the fields that begin with body_
// (version 1), XHTML before plain text, because it keeps the paragraphs.
func ninjsBody(fields map[string]json.RawMessage) string {
	best, rank := "", 0
	take := func(text, kind string) {
		r := 1
		if strings.Contains(strings.ToLower(kind), "html") {
			r = 2
		}
		if strings.TrimSpace(text) != "" && r > rank {
			best, rank = text, r
		}
	}
	var bodies []map[string]json.RawMessage
	if json.Unmarshal(pick(fields, []string{"bodies"}), &bodies) == nil {
		for _, b := range bodies {
			take(joined(pick(b, []string{"value"}), "\n\n"), firstOf(b, []string{"contenttype"}))
		}
	}
	keys := make([]string, 0, len(fields))
	for key := range fields {
		if lower := strings.ToLower(key); strings.HasPrefix(lower, "body_") || lower == "body" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		take(joined(fields[key], "\n\n"), key)
	}
	return best
}
