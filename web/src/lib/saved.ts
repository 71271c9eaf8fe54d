// A list and its filters as a saved search: what it asks for, what it may be called, and where it is opened again.

import { pageOf, shorten, when, words } from "./format";
import { named, type Names } from "./names";
import type { Schemas } from "./types";

export type Terms = Schemas["Terms"];
type Page = NonNullable<Schemas["SavedInputBody"]["page"]>;

/** What the entries of each page are, and the page in a word. */
const pages: { [P in Exclude<Page, "">]: { kind?: string; name: string } } = {
  statements: { kind: "statement", name: "Statements" },
  events: { kind: "event", name: "Events" },
  commitments: { kind: "commitment", name: "Commitments" },
  contacts: { kind: "contact", name: "Contacts" },
  figures: { kind: "figure", name: "Figures" },
  contradictions: { kind: "contradiction", name: "Contradictions" },
  search: { name: "Search" },
};

/** pageIn is the list that a path shows, undefined where it shows none that can be saved. */
export function pageIn(path: string): Exclude<Page, ""> | undefined {
  const page = path.split("/")[2] ?? "";
  return page in pages ? (page as Exclude<Page, "">) : undefined;
}

const listed = (query: URLSearchParams, ...names: string[]): string[] => names.flatMap((name) => query.getAll(name)).filter(Boolean);

/** termsOf are the filters of a page under the names that rules have for them. */
export function termsOf(page: Exclude<Page, "">, query: URLSearchParams): Terms {
  const actor = listed(query, "actor", "by");
  const of = query.getAll("of");
  const role = page === "commitments" ? "by" : page === "contacts" ? "participant" : (query.get("role") ?? "");
  const terms: { [T in keyof Terms]: Terms[T] } = {
    kind: pages[page].kind ? [pages[page].kind] : [],
    q: query.get("q") || (of.length === 1 ? `"${of[0]}"` : ""),
    actor,
    role: actor.length ? role : "",
    label: listed(query, "label", "type"),
    status: listed(query, "status", "state"),
    publisher: listed(query, "publisher"),
    min_confidence: Number(query.get("min_confidence") ?? 0),
  };
  for (const name of ["article", "origin", "from", "to", "verdict"] as const) terms[name] = query.get(name) ?? "";
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => (Array.isArray(value) ? value.length : value)));
}

/** queryOf are the parameters that show the same list again, from its first page. */
export function queryOf(query: URLSearchParams): string {
  const kept = new URLSearchParams(query);
  for (const name of ["cursor", "limit"]) kept.delete(name);
  return kept.toString();
}

const verdicts: { [verdict: string]: string } = { confirm: "confirmed", reject: "rejected", doubt: "doubted", none: "not judged yet" };
const roles: { [role: string]: string } = { source: "by", by: "by", actor: "by", addressee: "to", recipient: "to", to: "to", via: "through", about: "about", asserted_by: "by", participant: "of" };

/** inWords tells terms in a few words: "by Ana Ruiz: deny, “truce”, from 1 Sept 2025". */
export function inWords(terms: Terms, names: Names): string {
  const who = terms.actor?.length ? (roles[terms.role ?? ""] ?? "with") + " " + terms.actor.map((a) => named(a, names)).join(", ") : "";
  const days = terms.from && terms.to ? `${when(terms.from)} – ${when(terms.to)}` : terms.from ? "from " + when(terms.from) : terms.to ? "until " + when(terms.to) : "";
  const what = [
    ...[...(terms.label ?? []), ...(terms.status ?? [])].map(words),
    terms.publisher?.length && "printed by " + terms.publisher.join(", "),
    terms.q && (terms.q.includes('"') ? terms.q.replaceAll('"', "”").replace("”", "“") : `“${terms.q}”`),
    verdicts[terms.verdict ?? ""],
    terms.min_confidence && `sure to ${Math.round(100 * terms.min_confidence)} % or more`,
    terms.article && "in one article",
    terms.origin && "of one origin",
    days,
  ].filter(Boolean);
  return [who, what.join(", ")].filter(Boolean).join(": ");
}

/** nameOf proposes what a search may be called. */
export function nameOf(page: Exclude<Page, "">, terms: Terms, names: Names): string {
  const rest = inWords(terms, names);
  return shorten(pages[page].name + (rest && (terms.actor?.length ? " " : ": ") + rest), 150);
}

/** addressOf is where a saved search is seen. One that has no page of its own is shown by what it asks for. */
export function addressOf(search: { archive: string; page?: string; query?: string; terms: Terms }): string {
  const { kind, ...rest } = search.terms;
  const page = search.page || (Object.entries(pages).find(([, p]) => p.kind && p.kind === kind?.[0])?.[0] ?? "search");
  const query = new URLSearchParams(search.page ? search.query : undefined);
  if (!search.page) for (const [name, value] of Object.entries(rest)) for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  return pageOf(search.archive, page) + (query.size ? "?" + query.toString() : "");
}
