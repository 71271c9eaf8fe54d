package source

import (
	"strings"
	"testing"
)

var hostile = []string{
	"", "\x00", "\xff\xfe", "\xfe\xff\x00a", "\xef\xbb\xbf", "a", "\r", "\r\n\r\n", "— ", "(AFP)", "()", "/TASS/.", "By ", "By A", ":", "A: ", "NEW DELHI: ", "(",
	"GENEVA (", "Feb 30, 2021", "__", "**", "`", "[", "](", "![](", "<", "</", "&#0;", "&amp", "---\n---\n", "---\ntitle: x\n---\nBody came.", "+++\n+++\n", "#", "# \n", "|", "> > >", "\ud7ff",
	"{", "[", "[]", "{}", `{"text":""}`, `{"text":"\ud800"}`, `{"text":{"text":{"text":"x"}}}`, `[{"text":"a"},`, "null", "\u202e\u200b", "\u2028\u2029\u0085",
	"WASHINGTON—\n\nIt came.\n\n(With inputs from PTI and Associated Press)", "Truce holds\nBy Jane Doe\n\nOSH (AP) — It came. — AFP",
}

func seed(f *testing.F, more ...string) {
	for _, s := range append(more, hostile...) {
		f.Add(s)
	}
}

// fuzz holds whatever comes out of an input against the promises of the package.
func fuzz(t *testing.T, text, name string) {
	for doc, err := range Read(strings.NewReader(text), name, Options{MaxBytes: 1 << 20}) {
		if err != nil {
			if doc != nil || err.Error() == "" {
				t.Fatalf("%s: a document and the error %q", name, err)
			}
			continue
		}
		if fault := faults(doc); fault != "" {
			t.Fatalf("%q: %s", text, fault)
		}
	}
}

func FuzzText(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string) {
		fuzz(t, text, "a.txt")
		if doc, err := Text(text, Options{}); err == nil {
			if again, err := Text(doc.Text, Options{}); err != nil || again.Text != doc.Text || again.ID != doc.ID {
				t.Fatalf("%q: read again it is not the same", text)
			}
		}
	})
}

func FuzzHTML(f *testing.F) {
	seed(f, pageHTML, "<p>", "<b><p><i></b>x", "<table><td><b><td>", "<script>", "<!--", "<svg><p>", "<template><b></template>", "<q>", "<a hidden>x", "<meta charset=utf-16>x")
	f.Fuzz(func(t *testing.T, text string) { fuzz(t, text, "a.html") })
}

func FuzzMarkdown(f *testing.F) {
	seed(f, "[a](b)", "[a][b]\n\n[b]: /c", "*a **b* c**", "```\na\n\nb\n```", "a\n===", "| a |\n|-|\n| b |", "![a](b)", "<https://a>", `\`, "~~a~~", "1. a\n2) b")
	f.Fuzz(func(t *testing.T, text string) { fuzz(t, text, "a.md") })
}

func FuzzJSON(f *testing.F) {
	seed(f, `{"title":"a","text":"It came.","date":"2021"}`, `{"articles":[{"body":["a","b"]}]}`, "{\"text\":\"<p>a<br><br>b\"}\n{\"text\":1}", `{"text":"a","author":[{"name":"By Jane Doe, AP"}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		fuzz(t, text, "a.json")
		fuzz(t, text, "a.jsonl")
		fuzz(t, text, "-")
	})
}
