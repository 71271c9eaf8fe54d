import type { Series, SeriesPoint } from "../../lib/types";

/** Thing is something that is counted, in a unit, by however many givers. */
export interface Thing {
  key: string;
  of: string;
  unit: string;
  count: number;
  givers: number;
}

/** Panel is what one giver says of the chosen things, in one unit: one small chart. */
export interface Panel {
  key: string;
  giver: string;
  giverID: string;
  unit: string;
  points: (SeriesPoint & { of: string })[];
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

/** panels are the small charts of the chosen things: a giver's numbers in a unit, never two givers in one. */
export function panels(series: Series[], chosen: string[]): Panel[] {
  const found = new Map<string, Panel>();
  for (const s of series) {
    if (!chosen.includes(keyOf(s))) continue;
    const key = JSON.stringify([s.giver_id || s.giver, s.unit]);
    const panel = found.get(key) ?? { key, giver: s.giver || "no giver named", giverID: s.giver_id, unit: s.unit, points: [] };
    panel.points.push(...s.points.map((p) => ({ ...p, of: s.of })));
    found.set(key, panel);
  }
  for (const panel of found.values()) panel.points.sort((a, b) => timeOf(a).localeCompare(timeOf(b)) || a.id.localeCompare(b.id));
  return [...found.values()].sort((a, b) => a.unit.localeCompare(b.unit) || b.points.length - a.points.length || a.giver.localeCompare(b.giver));
}

/** timeOf is the time a number is shown at: its own, else that of its article. */
export function timeOf(p: SeriesPoint): string {
  return p.start ?? p.end ?? p.known;
}
