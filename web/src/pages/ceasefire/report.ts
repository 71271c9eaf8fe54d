// The report on a ceasefire (internal/ceasefire) in words and stretches of days. Days are ISO dates.

import type { Schemas } from "../../lib/types";

export type Report = Schemas["Report"];
export type Agreement = Schemas["CeasefireAgreement"];
export type DayState = Schemas["DayState"];
export type State = DayState["state"];
export type Series = Schemas["CeasefireSeries"];
export type Reading = Schemas["Reading"];
export type Observation = Schemas["Observation"];
export type Claim = Schemas["Claim"];
export type Sentence = Schemas["Sentence"];
export type Ref = Schemas["Ref"];
export type Threshold = Schemas["Threshold"];

/** What the states are called, what they mean in short, and in a sentence of their own. */
export const states: Record<State, { name: string; means: string; explained: string }> = {
  holding: {
    name: "Holding",
    means: "observers report, and no count is high",
    explained: "There are reports, and no observer's count is high. It does not mean that nothing happens.",
  },
  strained: { name: "Strained", means: "a count is high", explained: "An observer's count reached the first limit, and has not been below it for long enough since." },
  broken: {
    name: "Broken",
    means: "a count is very high, or a party has declared the ceasefire over",
    explained: "An observer's count reached the second limit, or a party said that it no longer holds to the ceasefire. Who broke it is never said.",
  },
  not_enough_reports: {
    name: "Not enough reports",
    means: "too few reports to say anything",
    explained: "The observers have been silent for too long. It says nothing of the ceasefire, and is no sign of calm.",
  },
};

/** level is how much a day's count is, in words; the API's words are those of the ceasefire's file. */
export function level(name: string | undefined): string {
  return { quiet: "low", raised: "high", severe: "very high" }[name ?? ""] ?? name ?? "";
}

/** title names a count: what, how it was observed, where. */
export function title(s: Series): string {
  const how = { saw: " seen", unknown: " reported" }[s.means] ?? " " + s.means;
  return `${s.what}${how}, ${s.place}`;
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

/** limits are the two thresholds of each thing that is counted, filled in from the rule's own. */
export function limits(a: Agreement): { what: string; strained: Threshold; broken: Threshold }[] {
  const or = (own: Threshold | null | undefined, rule: Threshold): Threshold => ({
    floor: own?.floor || rule.floor,
    ratio: own?.ratio || rule.ratio,
    ceiling: own?.ceiling || rule.ceiling,
    days: own?.days || rule.days,
    within: own?.within || rule.within,
  });
  return (a.counts ?? []).map((c) => ({ what: c.what, strained: or(c.strained, a.rule.strained), broken: or(c.broken, a.rule.broken) }));
}

/** thresholds are the rates from which a day of a series is high or very high, at its newest usual level. As in docs/ceasefire.md. */
export function thresholds(a: Agreement, s: Series): { strained: number; broken: number } {
  const base = s.baselines?.at(-1)?.rate ?? 0;
  const own = limits(a).find((l) => l.what === s.what) ?? a.rule;
  const at = (t: Threshold) => {
    const rate = Math.max(t.floor, t.ratio * base);
    return t.ceiling ? Math.min(rate, t.ceiling) : rate;
  };
  return { strained: at(own.strained), broken: at(own.broken) };
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
