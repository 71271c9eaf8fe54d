// A rule while it is written: what the form holds, and the rule that comes of it.

import { named, type Names } from "../../lib/names";
import type { Terms } from "../../lib/saved";
import type { Rule, RuleBody, SavedSearch } from "./types";

type Kind = RuleBody["kind"];
export type Target = NonNullable<RuleBody["channels"]>[number];

export interface Draft {
  name: string; archive: string; kind: Kind; actors: string; labels: string[]; kinds: string[]; ceasefire: string;
  days: number; factor: number; amount: number; wait: number; quiet: number; lasts: number; feed: boolean; targets: Target[];
  /** What the form does not ask: terms and channels' ids as they were. */
  terms: Terms;
  was: Partial<Rule>;
}

/** The start of a form: of a rule, or of what is new in a saved search, or with nothing. */
export type Start = Partial<Rule>;

/** fromSearch is a rule that tells of what is new in a saved search. What bounds a list in time has no place in it. */
export function fromSearch(search: SavedSearch): Start {
  const { from: _from, to: _to, article: _article, origin: _origin, verdict: _verdict, all: _all, ...terms } = search.terms;
  const against = terms.kind?.length === 1 && terms.kind[0] === "contradiction";
  if (against) delete terms.kind;
  return { name: search.name, archive: search.archive, kind: against ? "contradiction" : "search", terms };
}

export function draftOf(start: Start, names: Names): Draft {
  const terms = start.terms ?? {};
  return {
    name: start.name ?? "", archive: start.archive ?? "", kind: (start.kind ?? "actor") as Kind, actors: (terms.actor ?? []).map((a) => named(a, names)).join(", "),
    labels: terms.label ?? [], kinds: terms.kind ?? [], ceasefire: start.ceasefire ?? "", days: start.days ?? 3, factor: start.factor ?? (start.amount ? 0 : 2), amount: start.amount ?? 0,
    wait: start.wait || 1, quiet: start.quiet || 15, lasts: start.lasts || 24, feed: start.channels ? start.channels.some((c) => c.kind === "atom") : true,
    targets: (start.channels ?? []).filter((c) => c.kind !== "atom").map(({ id, kind, to }) => ({ id, kind, to }) as Target), terms: start.kind ? terms : { role: "source" }, was: start,
  };
}

const list = (text: string): string[] => text.split(",").map((one) => one.trim()).filter(Boolean);

/** ruleOf is the rule that a form says, as the API takes it. Actors whose names were not touched keep their ids. */
export function ruleOf(d: Draft, names: Names): RuleBody {
  const of = d.kind;
  const ids = new Map((d.was.terms?.actor ?? []).map((id) => [named(id, names), id]));
  const actor = of === "ceasefire" ? [] : list(d.actors).map((name) => ids.get(name) ?? name);
  const terms: Terms = {
    ...d.terms, actor, role: actor.length && (of === "actor" || of === "search") ? d.terms.role : "", q: of === "ceasefire" ? "" : d.terms.q?.trim(),
    label: of === "act" || of === "contradiction" || of === "search" ? d.labels : [], kind: of === "search" ? d.kinds : of === d.was.kind ? d.terms.kind : [],
  };
  const feed = d.was.channels?.find((c) => c.kind === "atom");
  return {
    name: d.name.trim(), archive: d.archive, kind: of, terms: filled(terms), off: d.was.off, wait: d.wait, quiet: d.quiet, lasts: d.lasts,
    ...(of === "due" ? { days: d.days } : {}), ...(of === "figure" ? filled({ factor: d.factor, amount: d.amount }) : {}), ...(of === "ceasefire" ? { ceasefire: d.ceasefire } : {}),
    channels: [...(d.feed ? [{ id: feed?.id, kind: "atom" as const }] : []), ...d.targets.map((t) => ({ ...t, to: t.to?.trim() }))],
  };
}

/** filled leaves out what is empty. */
function filled<T extends object>(of: T): T {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : Boolean(value)))) as T;
}
