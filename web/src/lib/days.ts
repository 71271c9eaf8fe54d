// Days on an axis: counts of days as bars of equal length, and where a day lies between two others.

import { dayOf } from "./format";

/** Bar is a stretch of days with how many entries fall into it; both days included. */
export interface Bar {
  from: string;
  to: string;
  count: number;
}

/** bars makes at most `most` bars of equal length from counted days, empty ones included. */
export function bars(days: { day: string; count: number }[], most: number): Bar[] {
  const known = days.filter((d) => !Number.isNaN(Date.parse(d.day))).map((d) => ({ at: dayNumber(d.day), count: d.count }));
  if (known.length === 0) return [];
  const first = Math.min(...known.map((d) => d.at));
  const last = Math.max(...known.map((d) => d.at));
  const step = Math.ceil((last - first + 1) / most);
  const found = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => ({ from: dayText(first + i * step), to: dayText(Math.min(first + (i + 1) * step - 1, last)), count: 0 }));
  for (const d of known) found[Math.floor((d.at - first) / step)]!.count += d.count;
  return found;
}

function dayNumber(day: string): number {
  return Math.floor(Date.parse(dayOf(day)) / 86400000);
}

function dayText(n: number): string {
  return new Date(n * 86400000).toISOString().slice(0, 10);
}

/** onAxis is where a day lies between two others, from 0 to 1. */
export function onAxis(day: string, from: string, to: string): number {
  const span = dayNumber(to) - dayNumber(from);
  return span <= 0 ? 0.5 : (dayNumber(day) - dayNumber(from)) / span;
}
