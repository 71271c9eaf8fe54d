package source

import (
	"strings"

	"parley/internal/document"
)

// readNITF yields the article of an NITF file (iptc.org/standards/nitf).
func readNITF(x *xmlInput, yield yielder) bool {
	head := x.root.at("head")
	about := head.at("docdata")
	d := nitfDraft(x.root)
	id := about.at("doc-id")
	note := about.at("ed-msg").attr("info")
	item := Item{Raw: x.slice(x.root), MediaType: "application/nitf+xml", Location: x.name,
		GUID:   scopedGUID(id.attr("id-string"), first(id.attr("regsrc"), d.meta.publisher)),
		Status: versioned(statusOf(about.attr("management-status")), about.at("du-key").attr("version"), note)}
	if fix := about.at("correction"); fix.name != "" && !item.Killed() {
		item.Status = Corrected
		note = first(note, fix.attr("info"))
		if of := scopedGUID(fix.attr("id-string"), first(fix.attr("regsrc"), id.attr("regsrc"), d.meta.publisher)); of != item.GUID && of != "" {
			item.Replaces = []string{of}
		}
	}
	if note != "" {
		d.notes = append(d.notes, editorNote(note))
	}
	return yield(item.with(d, x.root.at("body", "body.head", "dateline", "location").words(), x.opt))
}

// nitfDraft is the text of an NITF article and what its head says.
func nitfDraft(root *node) *draft {
	head, body := root.at("head"), root.at("body")
	about, top := head.at("docdata"), body.at("body.head")
	r := &nitfRenderer{}
	r.children(body.at("body.content"), "")
	r.children(body.at("body.end"), document.Furniture)
	d := compose(r.blocks)
	d.meta = metadata{
		title:     first(top.at("hedline", "hl1").words(), head.at("title").words()),
		publisher: first(head.at("pubdata").attr("name"), about.at("doc.copyright").attr("holder"), top.at("distributor").words()),
		published: first(about.at("date.issue").attr("norm"), about.at("date.release").attr("norm"), top.at("dateline", "story.date").attr("norm"), head.at("pubdata").attr("date.publication")),
		language:  root.attr("lang"),
		credits:   partyNames(top.all("distributor")),
	}
	for _, by := range top.all("byline") {
		people := by.all("person")
		for _, p := range people {
			d.meta.authors = append(d.meta.authors, p.words())
		}
		if words := by.words(); len(people) == 0 && words != "" {
			d.meta.authors = append(d.meta.authors, words)
		}
	}
	return d
}

// nitfRenderer turns the body of an NITF article into the blocks a reader sees.
type nitfRenderer struct{ blocks []block }

func (r *nitfRenderer) children(n *node, kind document.ParagraphKind) {
	loose := ""
	for _, k := range n.kids {
		if k.name == "" || !isNITFBlock(k) {
			var text strings.Builder
			k.write(&text)
			loose += text.String()
			continue
		}
		r.add(loose, kind)
		loose = ""
		r.element(k, kind)
	}
	r.add(loose, kind)
}

func (r *nitfRenderer) element(n *node, kind document.ParagraphKind) {
	switch strings.ToLower(n.name) {
	case "p", "dt", "dd", "li", "tr", "byline", "tagline", "credit", "datasource":
		if strings.EqualFold(n.name, "credit") || strings.EqualFold(n.name, "tagline") {
			kind = "" // judged by its words
		}
		r.add(n.words(), kind)
	case "hl1", "hl2":
		r.add(n.words(), document.Heading)
	case "media":
		for _, caption := range n.all("media-caption") {
			r.add(caption.words(), document.Caption)
		}
	default:
		r.children(n, kind)
	}
}

func (r *nitfRenderer) add(text string, kind document.ParagraphKind) {
	if text = oneLine(text); text != "" {
		r.blocks = append(r.blocks, block{text, kind})
	}
}

func isNITFBlock(n *node) bool {
	switch strings.ToLower(n.name) {
	case "p", "hl1", "hl2", "hedline", "media", "block", "bq", "ol", "ul", "li", "dl", "dt", "dd", "table", "tr", "thead", "tbody", "tfoot",
		"note", "body.content", "byline", "credit", "datasource", "tagline", "bibliography", "hr", "pre", "fn", "content":
		return true
	}
	return false
}
