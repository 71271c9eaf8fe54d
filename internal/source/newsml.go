package source

import (
	"fmt"
	"strconv"
	"strings"

	"parley/internal/document"
)

// readNewsML yields the items of NewsML-G2 (iptc.org/standards/newsml-g2): a newsItem or packageItem, or those in a
// newsMessage. Of a package the addresses of its items come, where it has any.
func readNewsML(x *xmlInput, yield yielder) bool {
	if !strings.EqualFold(x.root.name, "newsMessage") {
		return x.newsItem(x.root, x.name, yield)
	}
	number := 0
	for _, set := range x.root.all("itemSet") {
		for _, n := range set.kids {
			if n.name == "" {
				continue
			}
			number++
			if !x.newsItem(n, fmt.Sprintf("%s, item %d", x.name, number), yield) {
				return false
			}
		}
	}
	return true
}

func (x *xmlInput) newsItem(n *node, at string, yield yielder) bool {
	switch strings.ToLower(n.name) {
	case "newsitem":
		return yield(x.newsArticle(n, at))
	case "packageitem":
		return x.packageItem(n, at, yield)
	}
	return true // concepts, plans: no articles
}

// newsArticle reads a newsItem.
func (x *xmlInput) newsArticle(n *node, at string) (Item, error) {
	about, content := n.at("itemMeta"), n.at("contentMeta")
	provider := partyName(about.at("provider"))
	item := Item{Raw: x.slice(n), MediaType: "application/vnd.iptc.g2.newsitem+xml", Location: at,
		GUID: scopedGUID(n.attr("guid"), provider), Status: g2Status(n, about)}
	for _, link := range about.all("link") {
		if to := link.attr("residref"); strings.HasSuffix(strings.ToLower(first(link.attr("rel"), link.attr("reluri"))), "previousversion") && to != "" && to != n.attr("guid") {
			item.Replaces = append(item.Replaces, scopedGUID(to, provider))
		}
	}
	meta := metadata{
		title: first(content.at("headline").words(), about.at("title").words()), publisher: provider,
		language:  first(content.at("language").attr("tag"), n.attr("lang")),
		published: first(about.at("versionCreated").words(), content.at("contentCreated").words(), about.at("firstCreated").words()),
		authors:   partyNames(content.all("by")),
		credits:   append(partyNames(content.all("creditline")), partyNames(content.all("infoSource"))...),
	}
	if len(meta.authors) == 0 {
		meta.authors = partyNames(content.all("creator"))
	}
	d, err := x.g2Body(n)
	if err != nil {
		return Item{}, named(err, at)
	}
	d.meta = meta.or(d.meta)
	d.notes = append(d.notes, editorNotes(about.all("edNote"))...)
	return item.with(d, first(content.at("dateline").words(), content.at("located", "name").words()), x.opt)
}

// with finishes an item of an agency: with its text, or without one where the agency took it back.
func (i Item) with(d *draft, dateline string, opt Options) (Item, error) {
	d.untitled = d.meta.title == ""
	if i.Killed() && len(d.paras) == 0 {
		i.Doc = bare(d.meta, opt)
		return i, nil
	}
	doc, err := finish(d, i.Location, opt)
	if err != nil {
		return Item{}, err
	}
	if doc.Dateline == "" {
		doc.Dateline = datelinePlace(dateline)
	}
	i.Doc = doc
	return i, nil
}

// datelinePlace is the place in a dateline that stands apart from the text: "PORT ELDA, March 14 (AFP) -". It ends
// before the first word of a date.
func datelinePlace(said string) string {
	said, _, _ = strings.Cut(oneLine(said), "(")
	fields := strings.Fields(said)
	for i, w := range fields {
		if monthOf(w) > 0 || isWord("weekday", w) || isDay(w) {
			fields = fields[:i]
			break
		}
	}
	if len(fields) > 6 {
		return ""
	}
	return placeName(strings.Trim(strings.Join(fields, " "), " ,:-–—"))
}

// or fills what is empty from another's metadata.
func (m metadata) or(o metadata) metadata {
	m.title, m.publisher, m.url, m.language = first(m.title, o.title), first(m.publisher, o.publisher), first(m.url, o.url), first(m.language, o.language)
	m.published = first(m.published, o.published)
	if len(m.authors) == 0 {
		m.authors = o.authors
	}
	m.credits = append(m.credits, o.credits...)
	return m
}

// g2Body is the text of a newsItem: the first of its renditions that is in it.
func (x *xmlInput) g2Body(n *node) (*draft, error) {
	for _, in := range n.at("contentSet").kids {
		switch strings.ToLower(in.name) {
		case "inlinexml":
			if nitf := in.at("nitf"); nitf.name != "" {
				return nitfDraft(nitf), nil
			}
			return fragmentDraft(string(x.text[in.open:max(in.open, in.close)]))
		case "inlinedata":
			var text strings.Builder
			in.write(&text)
			return mixedDraft(text.String())
		}
	}
	return &draft{}, nil
}

// g2Status is the standing of an item by its pubStatus, its signals and its version.
func g2Status(n, about *node) string {
	status := statusOf(qcode(about.at("pubStatus")))
	for _, s := range about.all("signal") {
		if status == Usable {
			status = statusOf(qcode(s))
		}
	}
	return versioned(status, n.attr("version"), about.at("edNote").words())
}

// versioned is the standing of a usable article by its version, and by the note with which desks send corrections:
// "CORRECTS spelling of the name", "UPDATES with quotes".
func versioned(status, version, note string) string {
	if status != Usable {
		return status
	}
	if upper := strings.ToUpper(note); strings.HasPrefix(upper, "CORRECT") {
		return Corrected
	}
	if v, err := strconv.Atoi(version); err == nil && v > 1 {
		return Updated
	}
	return Usable
}

func qcode(n *node) string { return first(n.attr("qcode"), n.attr("uri"), n.attr("literal")) }

// partyName is the name of a provider or person: in words, or else the code without its prefix.
func partyName(n *node) string {
	code := qcode(n)
	return first(n.at("name").words(), n.words(), code[strings.LastIndexAny(code, ":/")+1:])
}

func partyNames(list []*node) []string {
	var out []string
	for _, n := range list {
		if name := partyName(n); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// editorNotes keeps what the desk says to other desks.
func editorNotes(list []*node) []document.Notice {
	var out []document.Notice
	for _, n := range list {
		if words := first(n.words(), n.attr("info")); words != "" {
			out = append(out, editorNote(words))
		}
	}
	return out
}

func editorNote(words string) document.Notice {
	return document.Notice{Kind: "editor_note", Text: "the publisher notes: " + clip(words, 300)}
}

// packageItem yields what a package says it holds, as far as it gives web addresses; its kill is an item of its own.
func (x *xmlInput) packageItem(n *node, at string, yield yielder) bool {
	about := n.at("itemMeta")
	meta := metadata{title: first(n.at("contentMeta", "headline").words(), about.at("title").words()), publisher: partyName(about.at("provider")), published: about.at("versionCreated").words()}
	item := Item{Raw: x.slice(n), MediaType: "application/vnd.iptc.g2.packageitem+xml", Location: at, GUID: scopedGUID(n.attr("guid"), meta.publisher), Status: g2Status(n, about)}
	if item.Killed() {
		item.Doc = bare(meta, x.opt)
		return yield(item, nil)
	}
	item.Status = Link
	for _, group := range n.at("groupSet").all("group") {
		for _, ref := range group.all("itemRef") {
			if !isWebAddress(ref.attr("href")) {
				continue
			}
			one := item
			one.GUID = scopedGUID(ref.attr("residref"), meta.publisher)
			one.Doc = bare(metadata{url: ref.attr("href"), title: first(ref.at("headline").words(), ref.at("title").words()), publisher: meta.publisher, published: ref.at("versionCreated").words()}, x.opt)
			if !yield(one, nil) {
				return false
			}
		}
	}
	return true
}
