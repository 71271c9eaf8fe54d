// The text of an article cut into nested marks. Offsets of the record are code points and those of a string here are UTF-16
// units; marks that cross are split at the crossing, so that what comes out is a proper tree.

import type { ID, Span } from "../../lib/types";

export interface Mark {
  id: ID;
  /** content, cue, source, figure, time, other */
  part: string;
  span: Span;
}

export interface Piece {
  start: number;
  end: number;
  mark: Mark;
  inside: Piece[];
}

export interface Leaf {
  text: string;
}

export interface Branch {
  mark: Mark;
  /** This is the first piece of its item in the text: where the keyboard stops. */
  first: boolean;
  inside: (Leaf | Branch)[];
}

export interface Paragraph {
  start: number;
  end: number;
  inside: (Leaf | Branch)[];
}

/** offsets gives the UTF-16 offset of each code point of a text, and of its end. */
export function offsets(text: string): Uint32Array {
  const at = new Uint32Array(text.length + 1);
  let points = 0;
  for (let unit = 0; unit < text.length; points++) {
    at[points] = unit;
    unit += text.codePointAt(unit)! > 0xffff ? 2 : 1;
  }
  at[points] = text.length;
  return at.subarray(0, points + 1);
}

/** paragraphs nests marks in a text, line by line; empty lines are left out. Start and end are code points. */
export function paragraphs(text: string, marks: Mark[]): Paragraph[] {
  const at = offsets(text);
  const ordered = marks.filter((m) => valid(m.span, at.length - 1)).sort(outerFirst);
  const seen = new Set<ID>();
  const all = lines(text, at).map(([start, end]) => ({ start, end, roots: [] as Piece[] }));
  for (const mark of ordered) {
    for (let i = firstAfter(all, mark.span[0]); i < all.length && all[i]!.start < mark.span[1]; i++) {
      const line = all[i]!;
      insert(line.roots, Math.max(mark.span[0], line.start), Math.min(mark.span[1], line.end), mark);
    }
  }
  return all.map(({ start, end, roots }) => ({ start, end, inside: leaves(text, at, roots, start, end, seen) }));
}

/** firstAfter is the first line that ends behind a point. */
function firstAfter(all: { end: number }[], point: number): number {
  let low = 0, high = all.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (all[mid]!.end > point) high = mid;
    else low = mid + 1;
  }
  return low;
}

function valid(span: Span, length: number): boolean {
  return Number.isInteger(span[0]) && Number.isInteger(span[1]) && span[0] >= 0 && span[1] <= length && span[0] < span[1];
}

/** Longer marks hold shorter ones; of two alike, the one that comes first in the list. */
function outerFirst(a: Mark, b: Mark): number {
  return b.span[1] - b.span[0] - (a.span[1] - a.span[0]) || a.span[0] - b.span[0];
}

/** insert puts a mark among siblings, which do not overlap; where it crosses one, it is split at that one's end. */
function insert(siblings: Piece[], start: number, end: number, mark: Mark): void {
  const held = (p: Piece) => start <= p.start && p.end <= end && p.end - p.start < end - start;
  const crossed = siblings.find((p) => p.start < end && start < p.end && !held(p));
  if (!crossed) {
    const inside = siblings.filter(held);
    const first = siblings.findIndex((p) => p.start >= start);
    siblings.splice(first < 0 ? siblings.length : first, inside.length, { start, end, mark, inside });
    return;
  }
  if (start < crossed.start) insert(siblings, start, crossed.start, mark);
  insert(crossed.inside, Math.max(start, crossed.start), Math.min(end, crossed.end), mark);
  if (crossed.end < end) insert(siblings, crossed.end, end, mark);
}

function leaves(text: string, at: Uint32Array, pieces: Piece[], start: number, end: number, seen: Set<ID>): (Leaf | Branch)[] {
  const out: (Leaf | Branch)[] = [];
  let from = start;
  for (const piece of pieces) {
    if (piece.start > from) out.push({ text: text.slice(at[from], at[piece.start]) });
    const first = piece.mark.part === "content" && !seen.has(piece.mark.id);
    if (first) seen.add(piece.mark.id);
    out.push({ mark: piece.mark, first, inside: leaves(text, at, piece.inside, piece.start, piece.end, seen) });
    from = piece.end;
  }
  if (from < end) out.push({ text: text.slice(at[from], at[end]) });
  return out;
}

/** lines are the code-point ranges of the lines of a text that hold more than space. */
function lines(text: string, at: Uint32Array): [number, number][] {
  const out: [number, number][] = [];
  let start = 0;
  for (let point = 0; point < at.length; point++) {
    if (point < at.length - 1 && text[at[point]!] !== "\n") continue;
    if (text.slice(at[start], at[point]).trim()) out.push([start, point]);
    start = point + 1;
  }
  return out;
}
