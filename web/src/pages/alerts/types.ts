// What the API tells of saved searches, rules and alerts (docs/alerts.md), and what kinds there are in plain words.

export interface Terms { kind?: string[]; q?: string; actor?: string[]; role?: string; label?: string[]; status?: string[]; min_confidence?: number; from?: string; to?: string; article?: string; verdict?: string }
export interface Channel { id?: string; kind: "webhook" | "email" | "atom"; to?: string; secret?: string }
export interface Rule {
  id: string; archive: string; name: string; kind: string; terms: Terms; days?: number; factor?: number; amount?: number; ceasefire?: string;
  wait?: number; quiet?: number; lasts?: number; off?: boolean; channels: Channel[]; created: string; fault?: string;
}
export interface Quoted {
  entry: string; kind?: string; words?: string; cut?: boolean; by?: string[]; to?: string[]; via?: string[]; title?: string; publisher?: string; known?: string; checked: string;
}
export interface Alert {
  id: string; rule: string; rule_name: string; kind: string; archive: string; state: "pending" | "firing" | "resolved"; why: string; decider?: string;
  found: string; told?: string; resolved?: string; reason?: string; quotes: Quoted[]; more?: number;
}
export interface Delivery { message: string; rule: string; channel: string; kind: string; to: string; at: string; state: string; attempts: number; next?: string; done?: string; error?: string }
export interface SavedSearch { id: string; archive: string; name: string; terms: Terms; created: string }

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
export function written(r: Rule): object {
  const { id: _id, created: _created, fault: _fault, channels, ...rest } = r as Rule & { owner?: string };
  delete rest.owner;
  return { ...rest, channels: channels.map(({ id, kind, to }) => ({ id, kind, to })) };
}
