package source

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/document"
)

const pageHTML = `<!doctype html><html lang="en-GB"><head><meta charset=utf-8>
<title>Guns fall silent at the bridge - The River Post</title>
%HEAD%
<style>p{color:red}</style></head><body>
<header><a href="/">The River Post</a></header><nav><ul><li><a href="/a">World</a></li><li><a href="/b">Sport</a></li></ul></nav>
<main><article><h1>Guns fall silent at the bridge</h1>
<p class="dateline">OSH, Kyrgyzstan, March 4 (Reuters) &ndash; Generals from <a href="/x">both armies</a> met at noon and agreed
that the guns would fall <em>silent</em> by the evening, a spokesman said, after nine days of shelling along the river.</p>
<script>track("x")</script>
<figure><img src="x.jpg"><figcaption>The bridge at Osh, seen from the south bank.</figcaption></figure>
<p>&#8220;We have counted enough dead,&#8221; General Askar Toktosunov told reporters on the bridge, adding that his side would
open the road to the hospital on Friday unless it was fired upon again, which nobody there seemed to rule out.</p>
<h2>Doubts remain</h2>
<p>The other side said that it had heard such words before. It wanted the heavy guns moved back ten kilometres first, and
asked the monitors, who have counted 212 breaches since Sunday, to watch the withdrawal by day and by night.</p>
<p style="display: none">Hidden words that no reader sees.</p>
<p>He said <q>we shall see</q> and left.<br><br>Nobody followed him.</p>
<ul><li>Both sides are to return prisoners by Sunday, the spokesman said.</li><li>A commission meets on Tuesday.</li></ul>
<p>(Reporting by Jane Doe; editing by John Roe)</p>
</article></main>
<aside><h3>Most read</h3><p>Ten things to know about rivers, and one that you would never have guessed in your life, really.</p></aside>
<footer>Copyright 2021 The River Post. All rights reserved.</footer></body></html>`

func TestHTML(t *testing.T) {
	day := time.Date(2021, 3, 4, 15, 0, 0, 0, time.UTC)
	for what, head := range map[string]string{
		"JSON-LD": `<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"},{"@type":["NewsArticle"],
			"headline":"Guns fall silent at the bridge","datePublished":"2021-03-04T15:00:00Z","author":[{"@type":"Person","name":"Jane Doe"}],
			"publisher":{"@type":"Corporation","name":"The River Post"},"inLanguage":"en-GB"}]}</script><link rel=canonical href="https://riverpost.example/guns">`,
		"OpenGraph": `<meta property="og:title" content="Guns fall silent at the bridge | The River Post"><meta property="og:site_name" content="The River Post">
			<meta property="article:published_time" content="2021-03-04T15:00:00Z"><meta name=author content="By Jane Doe"><meta property="og:url" content="https://riverpost.example/guns">`,
		"<time> and <h1>": `<meta name="publisher" content="The River Post"><link rel="canonical" href="https://riverpost.example/guns">
			<meta name="byl" content="Jane Doe"><time datetime="2021-03-04T15:00:00Z"></time>`,
	} {
		d := one(t, strings.Replace(pageHTML, "%HEAD%", head, 1), "a.html", Options{})
		if d.Title != "Guns fall silent at the bridge" || d.Publisher != "The River Post" || d.URL != "https://riverpost.example/guns" ||
			!d.Published.Equal(day) || d.Language != "en" || d.Dateline != "Osh, Kyrgyzstan" {
			t.Errorf("%s: %q %q %q %v %q %q", what, d.Title, d.Publisher, d.URL, d.Published, d.Language, d.Dateline)
		}
		if diff := cmp.Diff([]string{"Jane Doe"}, d.Authors); diff != "" {
			t.Errorf("%s: authors (-want +got):\n%s", what, diff)
		}
		if diff := cmp.Diff([]string{"Reuters"}, d.Credits); diff != "" {
			t.Errorf("%s: credits (-want +got):\n%s", what, diff)
		}
		for _, want := range []string{"both armies met at noon and agreed that the guns would fall silent by", "“We have counted enough dead,” General", "He said “we shall see” and left.\n\nNobody"} {
			if !strings.Contains(d.Text, want) {
				t.Errorf("%s: %q is not in the text:\n%s", what, want, d.Text)
			}
		}
		for _, bad := range []string{"Hidden words", "track(", "Most read", "Sport", "color:red", "Copyright"} {
			if strings.Contains(d.Text, bad) {
				t.Errorf("%s: %q is in the text:\n%s", what, bad, d.Text)
			}
		}
		if got := kinds(d); !strings.HasSuffix(got, "BPBHBBBBBC") {
			t.Errorf("%s: kinds %s", what, got)
		}
	}
}

func TestHTMLWithoutArticle(t *testing.T) {
	d := one(t, "<p>One came.<p>Two <b>came</b>.<table><tr><td>Guns<td>12</table>", "a.html", Options{})
	if want := "One came.\n\nTwo came.\n\nGuns 12"; d.Text != want {
		t.Errorf("text %q, want %q", d.Text, want)
	}
}

func TestHTMLFallsBackOnTheArticle(t *testing.T) {
	short := "<html><body><div><a href=/>Home</a></div><article><h1>Truce</h1><p>" + truce + "</p></article></body></html>"
	d := one(t, short, "a.html", Options{})
	if !strings.Contains(d.Text, truce) || d.Title != "Truce" {
		t.Errorf("title %q, text %q", d.Title, d.Text)
	}
}

func TestMarkdown(t *testing.T) {
	text := `---
title: "Guns fall silent"
date: 2021-03-04
author: Jane Doe
publisher: The River Post
---
<!-- a note
to nobody -->
# Guns fall silent

**OSH, Kyrgyzstan (AP) —** Generals from [both *armies*](https://x.example/a_(b) "title") met at noon,
a spokesman said, and "agreed on _everything_ [that matters]".

![The bridge at Osh](bridge.jpg)

## Doubts remain

> "We have heard such words," a commander said. His snake_case_name and 2 * 3 * 4 stay. So does \*this\*.

- Prisoners return by **Sunday**.
- See [the list][1] &amp; <https://x.example>.

1. A commission meets.

Setext heading
---

` + "`code` stays, ```not``` its marks.\n\n```go\nfmt.Println(\"no copy\")\n```" + `

| Side | Guns |
| --- | --- |
| North | 12 |

***

[1]: https://x.example/list

It ended<br>there, *AFP* reported ~~twice~~.
`
	d := one(t, text, "a.md", Options{})
	want := []string{
		"T Guns fall silent",
		"B OSH, Kyrgyzstan (AP) — Generals from both armies met at noon,\na spokesman said, and \"agreed on everything [that matters]\".",
		"P The bridge at Osh",
		"H Doubts remain",
		"B \"We have heard such words,\" a commander said. His snake_case_name and 2 * 3 * 4 stay. So does *this*.",
		"B Prisoners return by Sunday.",
		"B See the list & https://x.example.",
		"B A commission meets.",
		"H Setext heading",
		"B code stays, not its marks.",
		"F fmt.Println(\"no copy\")",
		"F Side \t Guns",
		"F North \t 12",
		"B It ended\nthere, AFP reported twice.",
	}
	var got []string
	for i, p := range d.Paragraphs {
		got = append(got, kinds(d)[i:i+1]+" "+d.Slice(p.Span))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d.Title != "Guns fall silent" || d.Dateline != "Osh, Kyrgyzstan" || d.Publisher != "The River Post" || d.Published.Day() != 4 || len(d.Authors) != 1 {
		t.Errorf("%q %q %q %v %v", d.Title, d.Dateline, d.Publisher, d.Published, d.Authors)
	}
}

func TestMarkdownTitleFromHeading(t *testing.T) {
	d := one(t, "# Guns fall silent\n\nThey did so at noon.\n", "a.md", Options{})
	if d.Title != "Guns fall silent" || d.Paragraphs[0].Kind != document.Title || d.Paragraphs[1].Kind != document.Body {
		t.Errorf("title %q, paragraphs %v", d.Title, d.Paragraphs)
	}
}
