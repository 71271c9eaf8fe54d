// The columns of the board: what a person decided, and for what nobody decided yet, how near it is due.

import { dayOf } from "../../lib/format";
import type { PromiseShown } from "../../lib/types";

export interface Column {
  id: string;
  name: string;
  hint: string;
}

/** How many days ahead count as soon. */
export const soonDays = 7;

export const columns: Column[] = [
  { id: "overdue", name: "Overdue", hint: "the day has passed and nobody has said whether it was kept" },
  { id: "soon", name: "Due soon", hint: `due within ${soonDays} days` },
  { id: "not_assessed", name: "Not assessed", hint: "due later, or no day is named" },
  { id: "kept", name: "Kept", hint: "" },
  { id: "broken", name: "Broken", hint: "" },
  { id: "delayed", name: "Delayed", hint: "" },
  { id: "disputed", name: "Disputed", hint: "" },
  { id: "withdrawn", name: "Withdrawn", hint: "" },
  { id: "lapsed", name: "Lapsed", hint: "what it hung on did not happen, or nothing was found" },
];

/** The states a person can set, with what each says. */
export const states: { id: PromiseShown["state"]; name: string; hint: string }[] = [
  { id: "kept", name: "Kept", hint: "it was done" },
  { id: "broken", name: "Broken", hint: "it was not done, or the contrary was" },
  { id: "delayed", name: "Delayed", hint: "it was put off" },
  { id: "disputed", name: "Disputed", hint: "the sides do not agree whether it was done" },
  { id: "withdrawn", name: "Withdrawn", hint: "whoever promised took it back" },
  { id: "lapsed", name: "Lapsed", hint: "its day or condition passed without it" },
  { id: "not_assessed", name: "Not assessed", hint: "open again: an earlier decision no longer counts" },
];

/** columnOf is where a commitment stands on a day (YYYY-MM-DD). */
export function columnOf(p: PromiseShown, today: string): string {
  if (p.state !== "not_assessed") return p.state;
  const due = lastDay(p);
  if (!due) return "not_assessed";
  if (due < today) return "overdue";
  return due <= addDays(today, soonDays) ? "soon" : "not_assessed";
}

/** lastDay is the last day on which it is in time, or "" where none is named. */
export function lastDay(p: PromiseShown): string {
  const due = p.due ?? (p.shown.entry.kind === "commitment" ? p.shown.entry.item.due : null);
  return dayOf(due?.end ?? due?.start ?? "");
}

/** board puts commitments into their columns: those with evidence first, then the earliest due; those that were probably kept last. */
export function board(promises: PromiseShown[], today: string): Map<string, PromiseShown[]> {
  const found = new Map(columns.map((c) => [c.id, [] as PromiseShown[]]));
  for (const p of byDue(promises)) found.get(columnOf(p, today))?.push(p);
  for (const list of found.values()) list.sort((a, b) => urgency(b) - urgency(a));
  return found;
}

/** byDue sorts by the last day, those without one at the end, ties by id. */
export function byDue(promises: PromiseShown[]): PromiseShown[] {
  const key = (p: PromiseShown) => (lastDay(p) || "9999") + p.shown.entry.id;
  return [...promises].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** distance is how far a day is away, in words. */
export function distance(day: string, today: string): string {
  const days = Math.round((Date.parse(day) - Date.parse(today)) / 86400000);
  if (Number.isNaN(days)) return "";
  if (days === 0) return "today";
  const n = Math.abs(days);
  const span = n === 1 ? "1 day" : n < 60 ? n + " days" : n < 730 ? Math.round(n / 30.44) + " months" : Math.round(n / 365.25) + " years";
  return days > 0 ? "in " + span : span + " ago";
}

function addDays(day: string, n: number): string {
  return new Date(Date.parse(day) + n * 86400000).toISOString().slice(0, 10);
}

/** makers are those who promised: their identity across articles where it is known, and their name. */
export function makers(p: PromiseShown): { id: string; name: string }[] {
  const { entry, names, who } = p.shown;
  if (entry.kind !== "commitment") return [];
  return entry.item.by.map((id) => ({ id: who[id] ?? id, name: names[id] ?? id }));
}

/** bearing says how a type of evidence bears on a commitment. */
export function bearing(type: string): "for" | "against" | "on" {
  if (type === "kept") return "for";
  return type === "broken" || type === "withdrawn" || type === "disputed" ? "against" : "on";
}

/** probablyKept says that what was found speaks for it and nothing against it, and that nobody has decided yet. */
export function probablyKept(p: PromiseShown): boolean {
  const sides = new Set(p.evidence.filter((l) => l.link.verdict !== "reject").map((l) => bearing(l.link.type)));
  return p.state === "not_assessed" && sides.has("for") && !sides.has("against");
}

function urgency(p: PromiseShown): number {
  if (probablyKept(p)) return -1;
  return p.evidence.length > 0 ? 1 : 0;
}
