// Contradictions inside one article, in the shape of those between articles.

import type { Linked, Shown } from "../../lib/types";
import { types } from "./sides";

/** inside gives each contradiction entry as a link between its two sides. */
export function inside(entries: Shown[]): Linked[] {
  return entries.flatMap(({ entry, sides }) => {
    if (entry.kind !== "contradiction") return [];
    const { item, id, confidence, known, verdict } = entry;
    const side = (of: string) => sides?.find((s) => s.entry.id === of) ?? null;
    return [{ link: { id, kind: "contradiction", type: typeOf(item.basis, item.why ?? ""), a: item.a, b: item.b, reason: item.reason || entry.text, confidence, known, verdict }, a: side(item.a), b: side(item.b) }];
  });
}

// One that somebody states has no type; for one that was found, the reason starts with it.
function typeOf(basis: string, why: string): string {
  const first = why.split(/[,: ]/)[0] ?? "";
  return first in types ? first : basis === "stated" ? "stated" : "";
}
