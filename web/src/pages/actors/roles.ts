// What an actor does in the record, and the page that lists it (what somebody asserts is of several kinds and has no one page); and what the ids of other catalogues lead to.

import { words } from "../../lib/format";

export const ledgers: { role: string; page: string; name: string }[] = [
  { role: "source", page: "statements", name: "statements made" },
  { role: "addressee", page: "statements", name: "statements addressed to them" },
  { role: "via", page: "statements", name: "statements passed on" },
  { role: "by", page: "commitments", name: "commitments made" },
  { role: "to", page: "commitments", name: "commitments to them" },
  { role: "participant", page: "contacts", name: "contacts" },
  { role: "actor", page: "events", name: "events by them" },
  { role: "recipient", page: "events", name: "events done to them" },
];

/** sameAs is where an id of another catalogue leads: "wikidata:Q7747" or "Q7747". Others are not known to be addresses. */
export function sameAs(ref: string): { name: string; href: string } | null {
  const id = /^(?:wikidata:|https?:\/\/www\.wikidata\.org\/(?:wiki|entity)\/)?(Q\d+)$/.exec(ref)?.[1];
  return id ? { name: "Wikidata " + id, href: "https://www.wikidata.org/wiki/" + id } : null;
}

/** kindOf is what an actor is, in words that need no explanation. */
export function kindOf(kind: string): string {
  return { body: "organisation", international_organization: "international organisation", population: "people", office: "office of a leader" }[kind] ?? words(kind);
}
