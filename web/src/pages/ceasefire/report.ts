// The report on a ceasefire as the API gives it (internal/ceasefire). Days are ISO dates.

export type State = "holding" | "strained" | "broken" | "not_enough_reports";

export interface Ref {
  kind: "entry" | "row" | "agreement";
  entry?: string;
  article?: string;
  table?: string;
  line?: number;
  column?: string;
  key?: string;
  url?: string;
  text?: string;
}

export interface Reason {
  text: string;
  series?: string;
  days?: string[];
  observations?: string[];
  ref?: Ref;
}

export interface DayState {
  day: string;
  state: State;
  since: string;
  reasons: Reason[];
}

export interface Reading {
  day: string;
  rate: number;
  bound: string;
  window: number;
  from: string;
  level?: string;
  state?: State;
  observations: string[];
  rates?: number;
}

export interface Series {
  id: string;
  observer: string;
  what: string;
  means: string;
  counting: string;
  place: string;
  points: Reading[] | null;
  baselines: { from: string; rate: number; days: number; why: string }[] | null;
}

export interface Observation {
  id: string;
  observer: string;
  says: string;
  what: string;
  means: string;
  count: { value: number; high?: number; bound: string; qualifier?: string };
  weapon?: string;
  place: { name: string; precision: string; region?: string; lat?: number; lon?: number };
  window: { start: string; end: string };
  dated: string;
  actors?: string[];
  ref: Ref;
}

export interface Claim {
  observation: string;
  party: boolean;
  alone: boolean;
  with?: string[];
}

export interface Sentence {
  kind: "state" | "why" | "report" | "missing" | "claim" | "denial";
  text: string;
  refs: Ref[] | null;
}

export interface Threshold {
  floor: number;
  ratio: number;
  ceiling?: number;
}

export interface Agreement {
  id: string;
  name: string;
  parties: string[];
  area: { places?: string[]; box?: number[]; points?: { name: string; lat: number; lon: number; km: number }[] };
  start: string;
  end: string;
  recommitments?: string[];
  declared_ends?: { party: string; date: string; note?: string }[];
  terms?: string[];
  observers: { name: string }[] | null;
  counts: { what: string; strained?: Threshold | null; broken?: Threshold | null }[] | null;
  rule: { strained: Threshold; broken: Threshold; silence_days: number };
}

export interface Report {
  agreement: Agreement;
  rule: string[];
  from: string;
  to: string;
  days: DayState[] | null;
  brief: Sentence[] | null;
  series: Series[] | null;
  claims: Claim[] | null;
  left_out: { observation: string; reason: string }[] | null;
  observations: Observation[] | null;
  offers: { kind: string; party: string; day: string; ref: Ref }[] | null;
  problems: { table: string; line?: number; text: string }[] | null;
}

/** What the states are called, and what they mean. */
export const states: Record<State, { name: string; means: string }> = {
  holding: { name: "Holding", means: "reports, and no series above its line" },
  strained: { name: "Strained", means: "a series is above its line" },
  broken: { name: "Broken", means: "a series is far above its line, or a party declared the end" },
  not_enough_reports: { name: "Not enough reports", means: "says nothing of the ceasefire, only of the reports" },
};

/** title names a series. */
export function title(s: Series): string {
  return `${s.what}${s.means === "unknown" ? "" : " " + s.means}, ${s.place}`;
}

/** bounded is a count in words, with its bound. */
export function bounded(value: number, bound: string, high?: number): string {
  const words: Record<string, string> = { about: "about ", at_least: "at least ", at_most: "at most " };
  const n = value.toLocaleString("en", { maximumFractionDigits: 1 });
  return (words[bound] ?? "") + n + (high === undefined || high === null ? "" : `–${high.toLocaleString("en")}`);
}

/** things is what is counted, in the singular for one. */
export function things(what: string, count: number): string {
  return count === 1 ? what.replace(/s$/, "") : what;
}

/** windows joins the days of one report: the report gives their average, once. */
export function windows(points: Reading[]): [Reading, ...Reading[]][] {
  const out: [Reading, ...Reading[]][] = [];
  for (const p of points) {
    const last = out.at(-1);
    if (last && p.window > 1 && sameReport(last[0], p)) last.push(p);
    else out.push([p]);
  }
  return out;
}

function sameReport(a: Reading, b: Reading): boolean {
  return a.window === b.window && a.from === b.from && a.rate === b.rate && a.level === b.level;
}

/** threshold is the rate from which a day of a series is raised or severe, at its newest baseline. As in docs/ceasefire.md. */
export function thresholds(a: Agreement, s: Series): { strained: number; broken: number } {
  const base = s.baselines?.at(-1)?.rate ?? 0;
  const own = a.counts?.find((c) => c.what === s.what);
  const at = (t: Threshold | null | undefined, rule: Threshold) => {
    const rate = Math.max(t?.floor || rule.floor, (t?.ratio || rule.ratio) * base);
    const ceiling = t?.ceiling || rule.ceiling || 0;
    return ceiling > 0 ? Math.min(rate, ceiling) : rate;
  };
  return { strained: at(own?.strained, a.rule.strained), broken: at(own?.broken, a.rule.broken) };
}

const oneDay = 86_400_000;

/** after is the day so many days later. */
export function after(day: string, days: number): string {
  return new Date(Date.parse(day + "T00:00:00Z") + days * oneDay).toISOString().slice(0, 10);
}

/** unreported are the stretches of days, from and to in milliseconds, that a series has no reading for. */
export function unreported(points: Reading[], from: string, to: string): [number, number][] {
  const at = (day: string) => Date.parse(day + "T00:00:00Z");
  const out: [number, number][] = [];
  let next = at(from);
  for (const p of points) {
    if (at(p.day) > next) out.push([next, at(p.day)]);
    next = at(p.day) + oneDay;
  }
  if (next < at(to) + oneDay) out.push([next, at(to) + oneDay]);
  return out;
}
