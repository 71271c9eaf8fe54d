// What is new in an answer of the API since the same was asked before.

import type { ID, Schemas } from "./types";

type Today = Schemas["Today"];

/** Items are the things in an answer by id, each as text by which a change of it can be seen. */
export type Items = Map<string, string>;

/** itemsOf are the things in an answer's lists: entries, links, articles, commitments, ceasefires. */
export function itemsOf(answer: object): Items {
  const found: Items = new Map();
  for (const list of Object.values(answer)) {
    if (!Array.isArray(list)) continue;
    for (const one of list) {
      const id = idOf(one);
      if (id) found.set(id, JSON.stringify(one));
    }
  }
  return found;
}

interface Thing { id?: ID; entry?: { id: ID }; link?: { id: ID }; shown?: { entry: { id: ID } } }

function idOf(one: Thing | null): ID {
  return one?.entry?.id ?? one?.link?.id ?? one?.shown?.entry.id ?? one?.id ?? "";
}

/** News are how many things were not there before, how many are otherwise now, and the first of them. */
export interface News { fresh: number; changed: number; first?: ID }

export const noNews: News = { fresh: 0, changed: 0 };

/** newsOf compares what was there with what is there now; what one decided oneself is no news. */
export function newsOf(before: Items, after: Items, mine: (id: ID) => boolean): News {
  const fresh: ID[] = [];
  const changed: ID[] = [];
  for (const [id, text] of after) {
    const was = before.get(id);
    if (was === undefined) fresh.push(id);
    else if (was !== text && !mine(id)) changed.push(id);
  }
  return { fresh: fresh.length, changed: changed.length, first: fresh[0] ?? changed[0] };
}

/** newsOfToday counts all entries that have come, of which the page of today shows those that matter most. */
export function newsOfToday(before: Today, after: Today, mine: (id: ID) => boolean): News {
  const all = (counts: Today["counts"]) => Object.values(counts).reduce((sum, n) => sum + n, 0);
  return { ...newsOf(itemsOf(before), itemsOf(after), mine), fresh: Math.max(0, all(after.counts) - all(before.counts)) };
}
