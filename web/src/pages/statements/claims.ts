// What one actor said over time: statements that say the same are told once, with when they were first and last said.

import { dayOf } from "../../lib/format";
import type { EntryOf, Shown } from "../../lib/types";

export interface Claim {
  /** The statement that said it first. */
  first: Shown;
  last: Shown;
  /** All of them, oldest first. */
  all: Shown[];
  /** Days on which it was said or reported. */
  days: string[];
  articles: number;
  /** Who printed it, the first to do so first. */
  papers: string[];
}

/** Two statements say the same when they share this part of the words of both (Jaccard), of words that carry meaning. */
const alike = 0.6;

/** claims groups statements by their words, the one that was first said first. */
export function claims(statements: Shown[]): Claim[] {
  const groups: { words: Set<string>; all: Shown[] }[] = [];
  for (const shown of [...statements].sort(byTime)) {
    const words = contentWords(said(shown));
    const group = groups.find((g) => share(g.words, words) >= alike);
    if (group) group.all.push(shown);
    else groups.push({ words, all: [shown] });
  }
  return groups.map(({ all }) => ({
    first: all[0]!,
    last: all.at(-1)!,
    all,
    days: [...new Set(all.map(dayWhen))].sort(),
    articles: new Set(all.map((s) => s.entry.article)).size,
    papers: [...new Set(all.map((s) => s.entry.publisher).filter(Boolean))],
  }));
}

/** dayWhen is when it was said, where the text tells, or else when its article was known. */
export function dayWhen(shown: Shown): string {
  const item = shown.entry.item as EntryOf<"statement">["item"];
  return dayOf(item.said_at?.start ?? shown.entry.known);
}

/** guessed says whether that day is only the one on which an undated article was fetched. */
export function guessed(shown: Shown): boolean {
  const item = shown.entry.item as EntryOf<"statement">["item"];
  return !item.said_at?.start && !!shown.entry.undated;
}

/** said is the content of a statement in its exact words. */
export function said(shown: Shown): string {
  const item = shown.entry.item as EntryOf<"statement">["item"];
  return item.content?.map((c) => c.text).join(" … ") || shown.entry.text;
}

// Shorter words ("the hills") say nothing without who says them and how.
const few = 40;

/** inFull is what is said, with who says it and how where it is too short to stand alone. */
export function inFull(shown: Shown): string {
  return said(shown).length < few ? shown.entry.text : said(shown);
}

function byTime(a: Shown, b: Shown): number {
  const ka = dayWhen(a) + a.entry.known + a.entry.id;
  const kb = dayWhen(b) + b.entry.known + b.entry.id;
  return ka < kb ? -1 : ka > kb ? 1 : 0;
}

// Short words (the, of, has) say little about what is said; names, numbers and longer words do.
function contentWords(text: string): Set<string> {
  const all = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const long = all.filter((w) => w.length > 3 || /\d/.test(w));
  return new Set(long.length > 0 ? long : all);
}

function share(a: Set<string>, b: Set<string>): number {
  let both = 0;
  for (const w of a) if (b.has(w)) both++;
  const all = a.size + b.size - both;
  return all === 0 ? 0 : both / all;
}
