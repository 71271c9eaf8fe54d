// Saved searches, rules and alerts (docs/alerts.md), and what kinds there are in plain words.

import type { Names } from "../../lib/names";
import { inWords } from "../../lib/saved";
import type { Schemas } from "../../lib/types";

export type Rule = Schemas["AlertRule"];
/** RuleBody is a rule as somebody writes it. */
export type RuleBody = Schemas["RuleBody"];
export type SavedSearch = Schemas["Search"];
export type Trial = Schemas["Trial"];

export const kinds: { [kind: string]: string } = {
  actor: "Somebody speaks or is named",
  act: "A statement or event of a kind",
  due: "A commitment falls due",
  broken: "A commitment is broken",
  contradiction: "Two things cannot both be so",
  ceasefire: "The state of a ceasefire changes",
  figure: "A figure jumps",
  search: "A search finds something new",
};

/** What a rule looks for, in a line. */
export function about(r: Pick<RuleBody, "kind" | "terms" | "days" | "factor" | "amount" | "ceasefire">, names: Names): string {
  const t = r.terms ?? {};
  const parts = [kinds[r.kind] ?? r.kind, t.kind?.map((k) => k + "s").join(", "), inWords(t, names)];
  if (r.days) parts.push(r.days === 1 ? "within a day" : `within ${r.days} days`);
  if (r.factor) parts.push(`${r.factor} times the one before`);
  if (r.amount) parts.push(`by ${r.amount} or more`);
  if (r.ceasefire) parts.push(r.ceasefire);
  return parts.filter(Boolean).join(" · ");
}

/** The rule as the API takes it: without what it adds itself. */
export function written(r: Rule): RuleBody {
  const { id: _id, owner: _owner, created: _created, fault: _fault, channels, ...rest } = r;
  return { ...rest, channels: channels.map(({ id, kind, to }) => ({ id, kind, to })) };
}
