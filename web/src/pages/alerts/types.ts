// Saved searches, rules and alerts (docs/alerts.md), and what kinds there are in plain words.

import type { Schemas } from "../../lib/types";

export type Rule = Schemas["AlertRule"];
/** RuleBody is a rule as somebody writes it. */
export type RuleBody = Schemas["RuleBody"];
export type SavedSearch = Schemas["Search"];

export const kinds: { [kind: string]: string } = {
  actor: "Somebody speaks or is spoken of",
  act: "A statement or event of a kind",
  due: "A commitment falls due",
  broken: "A commitment is broken",
  contradiction: "Two things cannot both be so",
  ceasefire: "The state of a ceasefire changes",
  figure: "A figure jumps",
  search: "A search finds something new",
};

/** What a rule looks for, in a line. */
export function about(r: Rule): string {
  const t = r.terms ?? {};
  const parts = [kinds[r.kind] ?? r.kind];
  if (t.actor?.length) parts.push((t.role === "about" ? "about " : "") + t.actor.join(", "));
  if (t.label?.length) parts.push(t.label.join(", "));
  if (t.q) parts.push("“" + t.q + "”");
  if (r.days) parts.push(`within ${r.days} days`);
  if (r.factor) parts.push(`${r.factor} times`);
  if (r.amount) parts.push(`by ${r.amount}`);
  if (r.ceasefire) parts.push(r.ceasefire);
  return parts.join(" · ");
}

/** The rule as the API takes it: without what it adds itself. */
export function written(r: Rule): RuleBody {
  const { id: _id, owner: _owner, created: _created, fault: _fault, channels, ...rest } = r;
  return { ...rest, channels: channels.map(({ id, kind, to }) => ({ id, kind, to })) };
}
