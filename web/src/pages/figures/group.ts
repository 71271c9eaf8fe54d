import type { Series, SeriesPoint } from "../../lib/types";

/** Thing is something that is counted, in a unit, by however many givers. */
export interface Thing {
  key: string;
  of: string;
  unit: string;
  count: number;
  givers: number;
}

/** keyOf names a thing in the address. */
export function keyOf(s: { of: string; unit: string }): string {
  const of = s.of.trim().toLowerCase();
  return s.unit ? `${of} (${s.unit})` : of;
}

/** things are what is counted, first what most givers speak of, then what is counted most often. */
export function things(series: Series[]): Thing[] {
  const found = new Map<string, Thing & { who: Set<string> }>();
  for (const s of series) {
    const key = keyOf(s);
    const thing = found.get(key) ?? { key, of: s.of, unit: s.unit, count: 0, givers: 0, who: new Set() };
    thing.count += s.points.length;
    thing.who.add(s.giver_id || s.giver);
    found.set(key, thing);
  }
  return [...found.values()]
    .map(({ who, ...thing }) => ({ ...thing, givers: who.size }))
    .sort((a, b) => b.givers - a.givers || b.count - a.count || a.key.localeCompare(b.key));
}

/** panels are the series of the chosen things, one small chart each: never two givers, units or places in one. */
export function panels<S extends Series>(series: S[], chosen: string[]): S[] {
  return series
    .filter((s) => chosen.includes(keyOf(s)))
    .sort((a, b) => a.unit.localeCompare(b.unit) || b.points.length - a.points.length || a.giver.localeCompare(b.giver) || a.id.localeCompare(b.id));
}

/** timeOf is the time a number is shown at: its own, else that of its article. */
export function timeOf(p: SeriesPoint): string {
  return p.start ?? p.end ?? p.known;
}
