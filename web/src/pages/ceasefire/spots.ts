import type { Spot } from "../../charts/places";
import { bounded, type Observation, type Report, type Series, title } from "./report";

/** Position is where a name lies; the archive's places or the agreement know it. */
export type Position = { lat: number; lon: number };

/** spotsOf puts the series of a report on a map for one day: what each observer gave for each place, never added up. */
export function spotsOf(rep: Report, day: string, known: Map<string, Position>): { spots: Spot[]; lost: string[] } {
  const observations = new Map((rep.observations ?? []).map((o) => [o.id, o]));
  const spots = new Map<string, Spot>();
  const lost = new Set<string>();
  for (const series of rep.series ?? []) {
    for (const place of placesOf(series, day, observations)) {
      const at = place.position ?? known.get(place.name);
      if (!at) {
        lost.add(place.name);
        continue;
      }
      const key = `${place.name}|${at.lat.toFixed(3)}|${at.lon.toFixed(3)}`;
      const spot = spots.get(key) ?? { name: place.name, ...at, precision: place.precision, silent: true, lines: [] };
      spots.set(key, add(spot, series, place));
    }
  }
  for (const name of unheard(rep)) {
    const at = known.get(name);
    if (at) spots.set(name, { name, ...at, precision: "unknown", silent: true, lines: ["no report at all"] });
    else lost.add(name);
  }
  return { spots: [...spots.values()], lost: [...lost] };
}

/** unheard are the places of the agreement that no series is about. */
function unheard(rep: Report): string[] {
  return (rep.agreement.area.places ?? []).filter((name) => !(rep.series ?? []).some((s) => s.place === name));
}

interface Placed {
  name: string;
  precision: string;
  position?: Position;
  level?: string;
  line: string;
}

function placesOf(series: Series, day: string, observations: Map<string, Observation>): Placed[] {
  const points = series.points ?? [];
  const reading = points.find((p) => p.day === day);
  const ids = (reading ?? points.at(-1))?.observations ?? [];
  const seen = ids.map((id) => observations.get(id)).filter((o) => o !== undefined);
  const precise = seen.filter((o) => o.place.lat !== undefined && o.place.lon !== undefined);
  const line = reading
    ? `${series.observer}: ${bounded(reading.rate, reading.bound)} ${title(series)}${reading.window > 1 ? " a day" : ""}`
    : `${series.observer}: no report of ${title(series)}`;
  if (reading && precise.length > 0) {
    return precise.map((o) => ({
      name: o.place.name || series.place,
      precision: o.place.precision,
      position: { lat: o.place.lat!, lon: o.place.lon! },
      level: reading.level,
      line: `${o.observer}: ${bounded(o.count.value, o.count.bound, o.count.high)} ${o.what}`,
    }));
  }
  return [{ name: series.place, precision: seen[0]?.place.precision ?? "unknown", level: reading?.level ?? undefined, line }];
}

const order = ["quiet", "raised", "severe"];

function add(spot: Spot, series: Series, place: Placed): Spot {
  const reported = (series.points ?? []).length > 0 && place.level !== undefined;
  const worse = order.indexOf(place.level ?? "") > order.indexOf(spot.level ?? "") ? place.level : spot.level;
  return { ...spot, level: worse, silent: spot.silent && !reported, lines: [...spot.lines, place.line] };
}

/** wanted are the names of places that only the archive may know the position of. */
export function wanted(rep: Report): string[] {
  const names = new Set<string>(rep.agreement.area.places);
  for (const s of rep.series ?? []) if (s.place && s.place !== "whole area") names.add(s.place);
  for (const p of rep.agreement.area.points ?? []) names.delete(p.name);
  return [...names].slice(0, 30);
}
