// An article's record as the components show it: items as entries, marks in the text, passages by paragraph.

import type { ArticleView, Entry, ID, Kind, Passage, ReadArticle, Shown, Span } from "../../lib/types";
import { live } from "../../lib/live.svelte";
import { type Items, type News, newsOf } from "../../lib/news";
import type { Mark, Paragraph } from "./tree";

/** namesOf names the actors, places and, by their speakers, the statements of a record. */
export function namesOf(view: ReadArticle): { [id: ID]: string } {
  const names: { [id: ID]: string } = {};
  for (const one of [...view.record.actors, ...view.record.places]) names[one.id] = one.name;
  for (const stmt of view.record.statements) names[stmt.id] = stmt.source.map((id) => names[id] ?? id).join(", ") || "somebody";
  return names;
}

/** marksOf are all marks of the text: statements with their cues and sources, figures, times, and what other items stand on. */
export function marksOf(view: ReadArticle): Mark[] {
  const { record } = view;
  const marks: Mark[] = [];
  const add = (id: ID, part: string, span: Span | null | undefined) => span && marks.push({ id, part, span });
  for (const stmt of record.statements) {
    for (const words of stmt.content) add(stmt.id, "content", words.span);
    if (!stmt.content.length) add(stmt.id, "content", stmt.span);
    add(stmt.id, "cue", stmt.cue?.span);
    add(stmt.id, "source", stmt.source_mention?.span);
  }
  for (const fig of record.figures) add(fig.id, "figure", fig.span);
  for (const item of [...record.commitments, ...record.events, ...record.contacts, ...record.contradictions]) add(item.id, "other", item.span);
  for (const [id, span] of times(view)) add(id, "time", span);
  return marks;
}

/** times are the expressions of time that items of a record rest on, each place once. */
function times(view: ReadArticle): [ID, Span][] {
  const { record } = view;
  const all = [
    ...record.statements.map((s) => s.said_at), ...record.events.map((e) => e.when), ...record.contacts.map((k) => k.when),
    ...record.figures.map((f) => f.when), ...record.commitments.map((c) => c.due), ...record.agreements.map((g) => g.date),
  ];
  const once = new Map<string, [ID, Span]>();
  for (const time of all) if (time?.span && time.span[0] < time.span[1]) once.set(time.span.join(), ["t" + time.span[0], time.span]);
  return [...once.values()];
}

/** shown is an item of the record as an entry, for the component that shows entries. */
export function shown(view: ReadArticle, kind: Kind, item: { id: ID; text?: string; span?: Span | null; confidence?: number }, label: string, names: { [id: ID]: string }): Shown {
  const { article } = view;
  const entry = {
    id: item.id, kind, article: article.id, title: article.title, publisher: article.publisher, url: article.url, known: article.known, undated: !article.published,
    span: item.span ?? [0, 0], text: item.text ?? "", label, confidence: item.confidence ?? 0, item, verdict: view.verdicts[item.id],
  };
  return { entry: entry as unknown as Entry, names, who: view.identities, chain: [] };
}

/** articleNews is what others changed of an article: its state, its items and their verdicts, its versions and links. */
export function articleNews(before: ArticleView, after: ArticleView): News {
  return newsOf(itemsIn(before), itemsIn(after), (id) => live.mine(id));
}

function itemsIn({ article, record, verdicts, versions, links }: ArticleView): Items {
  const lists = record ? [record.statements, record.events, record.commitments, record.contacts, record.figures, record.contradictions, record.agreements] : [];
  const found: Items = new Map(lists.flat().map((one) => [one.id, JSON.stringify([one, verdicts[one.id]])]));
  for (const one of [article, ...versions]) found.set(one.id, JSON.stringify(one));
  for (const { link } of links) found.set(link.id, JSON.stringify(link));
  return found;
}

export interface Block {
  passage: Passage | null;
  paragraphs: Paragraph[];
}

/** blocks groups paragraphs that stand in the same passage; a passage of the article's own reporting is no passage here. */
export function blocks(paragraphs: Paragraph[], passages: Passage[]): Block[] {
  const out: Block[] = [];
  for (const p of paragraphs) {
    const passage = passages.filter((x) => x.basis !== "own").map((x) => ({ x, share: overlap(x.span, p) })).sort((a, b) => b.share - a.share)[0];
    const own = !passage || passage.share * 2 < p.end - p.start ? null : passage.x;
    const last = out.at(-1);
    if (last && last.passage === own) last.paragraphs.push(p);
    else out.push({ passage: own, paragraphs: [p] });
  }
  return out;
}

/** originOf is the agency or paper whose report a stretch of the text is a copy of; "" where it is the article's own. */
export function originOf(span: Span, passages: Passage[]): string {
  return passages.find((p) => p.basis === "copy" && p.span[0] <= span[0] && span[1] <= p.span[1])?.label ?? "";
}

function overlap(span: Span, p: { start: number; end: number }): number {
  return Math.max(0, Math.min(span[1], p.end) - Math.max(span[0], p.start));
}
