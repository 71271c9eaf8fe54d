import type { Palette } from "./palette";
import { tip } from "./tip";

/** Mark is one count, as its giver gave it. Times are milliseconds in UTC. */
export interface Mark {
  key: string;
  from: number;
  /** End of the window, not part of it. Equal to from when the count is of a moment. */
  to: number;
  value: number;
  high?: number;
  bound: string; // exactly, about, at_least, at_most
  /** The source gives the time; else it is that of the article. */
  stated: boolean;
  level?: string; // quiet, raised, severe
  heading: string;
  lines: string[];
}

/** Line is a rate drawn across a chart, with its name. */
export interface Line {
  value: number;
  name: string;
}

/** Frame is what the charts of one page share, so that they can be compared. */
export interface Frame {
  from: number;
  to: number;
  top: number;
  /** Stretches of time that nobody reported on. */
  gaps?: [number, number][];
  lines?: Line[];
  /** A day that stands out. */
  day?: number;
}

const oneDay = 86_400_000;
const labelHeight = 14;

/** colour is that of a level; counts without a level have the accent. */
export function colour(level: string | undefined, p: Palette): string {
  if (level === "severe") return p.bad;
  if (level === "raised") return p.warn;
  return level === "quiet" ? p.muted : p.accent;
}

interface Api {
  coord(point: [number, number]): [number, number];
}
interface Params {
  dataIndex: number;
  coordSys: { x: number; y: number; width: number; height: number };
}

/**
 * marksOption draws counts over time. A window is a bar as wide as the window; a moment is a dot, a diamond where only the
 * article's date is known. About is hollow; at least and at most are arrows; a range is a line with two ends.
 */
export function marksOption(marks: Mark[], frame: Frame, p: Palette): object {
  return {
    useUTC: true,
    grid: { left: 8, right: 14, top: 16, bottom: 4, containLabel: true },
    xAxis: {
      type: "time",
      min: frame.from,
      max: frame.to,
      splitNumber: 3,
      axisLine: { lineStyle: { color: p.line } },
      axisTick: { show: false },
      axisLabel: { color: p.muted, hideOverlap: true, formatter: { year: "{yyyy}", month: "{MMM} {yyyy}", day: "{d} {MMM}", hour: "" } },
    },
    yAxis: {
      type: "value",
      min: 0,
      max: frame.top || 1,
      interval: frame.top / 2,
      axisLabel: { color: p.muted, formatter: (n: number) => n.toLocaleString("en") },
      splitLine: { lineStyle: { color: p.line } },
    },
    tooltip: { trigger: "item", formatter: (at: { data?: { mark?: Mark } | null }) => (at.data?.mark ? tip(at.data.mark.heading, at.data.mark.lines) : "") },
    series: [backdrop(frame, p), counts(marks, p)],
  };
}

function counts(marks: Mark[], p: Palette): object {
  return {
    type: "custom",
    clip: true,
    encode: { x: [0, 1], y: [2, 3] },
    data: marks.map((mark) => ({ value: [mark.from, mark.to, mark.value, mark.high ?? mark.value], mark })),
    renderItem: (params: Params, api: Api) => ({ type: "group", children: shape(marks[params.dataIndex]!, api, p) }),
  };
}

function shape(mark: Mark, api: Api, p: Palette): object[] {
  const [left, y] = api.coord([mark.from, mark.value]);
  const right = api.coord([mark.to, mark.value])[0];
  const floor = api.coord([mark.from, 0])[1];
  const stroke = colour(mark.level, p);
  const middle = (left + right) / 2;
  const hollow = mark.bound === "about";
  const out = mark.to > mark.from ? [bar(left, Math.max(right - left, 3), y, floor, stroke, hollow)] : dot(mark, middle, y, stroke, hollow, p);
  if (mark.high !== undefined && mark.high > mark.value) out.push(...whisker(middle, y, api.coord([mark.from, mark.high])[1], stroke));
  if (mark.bound === "at_least") out.push(...arrow(middle, y - 2, -1, stroke));
  if (mark.bound === "at_most") out.push(...arrow(middle, y + 2, 1, stroke));
  return out;
}

// A window of a day and more: a bar from nought, so that a count of none still shows as a line on the ground.
function bar(x: number, width: number, y: number, floor: number, stroke: string, hollow: boolean): object {
  const gap = width > 6 ? 1 : 0;
  return {
    type: "rect",
    shape: { x: x + gap, y: Math.min(y, floor - 2), width: width - 2 * gap, height: Math.max(floor - y, 2) },
    style: { fill: hollow ? "transparent" : stroke, stroke, lineWidth: 1.5, lineDash: hollow ? [3, 2] : undefined },
  };
}

function dot(mark: Mark, x: number, y: number, stroke: string, hollow: boolean, p: Palette): object[] {
  const style = { fill: hollow ? p.surface : stroke, stroke, lineWidth: 2 };
  if (mark.stated) return [{ type: "circle", shape: { cx: x, cy: y, r: 4.5 }, style }];
  return [
    {
      type: "polygon",
      shape: {
        points: [
          [x, y - 6],
          [x + 6, y],
          [x, y + 6],
          [x - 6, y],
        ],
      },
      style,
    },
  ];
}

function whisker(x: number, y: number, top: number, stroke: string): object[] {
  return [line(x, y, x, top, stroke), line(x - 4, top, x + 4, top, stroke), line(x - 4, y, x + 4, y, stroke)];
}

function arrow(x: number, y: number, way: 1 | -1, stroke: string): object[] {
  const end = y + way * 14;
  return [line(x, y, x, end, stroke), line(x, end, x - 4, end - way * 5, stroke), line(x, end, x + 4, end - way * 5, stroke)];
}

function line(x1: number, y1: number, x2: number, y2: number, stroke: string, dash?: number[]): object {
  return { type: "line", shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth: 1.5, lineDash: dash } };
}

// What lies under the counts: stretches without a report, thresholds, and the day that is looked at. One item draws all.
function backdrop(frame: Frame, p: Palette): object {
  return {
    type: "custom",
    silent: true,
    clip: true,
    data: [[frame.from, 0]],
    renderItem: (params: Params, api: Api) => ({ type: "group", children: behind(frame, params.coordSys, api, p) }),
  };
}

function behind(frame: Frame, area: Params["coordSys"], api: Api, p: Palette): object[] {
  const out: object[] = [];
  for (const [from, to] of frame.gaps ?? []) {
    const x = api.coord([from, 0])[0];
    const width = api.coord([to, 0])[0] - x;
    out.push({ type: "rect", shape: { x, y: area.y, width, height: area.height }, style: { fill: p.line, opacity: 0.35 } });
  }
  if (frame.day !== undefined) {
    const x = api.coord([frame.day, 0])[0];
    const width = Math.max(api.coord([frame.day + oneDay, 0])[0] - x, 2);
    out.push({ type: "rect", shape: { x, y: area.y, width, height: area.height }, style: { fill: p.tint, stroke: p.accent, lineWidth: 1 } });
  }
  let last = area.y + area.height;
  for (const { value, name } of (frame.lines ?? []).toSorted((a, b) => a.value - b.value)) {
    if (value > frame.top) continue;
    const y = api.coord([frame.from, value])[1];
    out.push(line(area.x, y, area.x + area.width, y, p.muted, [4, 3]));
    // A name that would stand on another, or on the ground, is left to the rule in words.
    if (last - y < labelHeight) continue;
    last = y;
    out.push({ type: "text", style: { text: name, x: area.x + 2, y: y - 3, fill: p.muted, font: `11px ${p.font}`, verticalAlign: "bottom" } });
  }
  return out;
}

/** moment is an ISO date or instant in milliseconds; NaN when it is none. */
export function moment(iso: string): number {
  return Date.parse(iso.length === 10 ? iso + "T00:00:00Z" : iso);
}

/** span is a stretch of time from a first to a last day, as a mark has it: both ends were in it. */
export function span(start: string | null, end: string | null, known: string): { from: number; to: number; stated: boolean } {
  const first = moment(start ?? end ?? "");
  const last = moment(end ?? start ?? "");
  if (Number.isNaN(first) || Number.isNaN(last)) {
    const at = moment(known);
    return { from: at, to: at, stated: false };
  }
  if (last - first < oneDay) return { from: first, to: first, stated: true };
  return { from: first, to: last + ((end ?? "").length === 10 ? oneDay : 0), stated: true };
}

/** reach is the first and last time of marks, with a little room on both sides. */
export function reach(marks: { from: number; to: number }[]): [number, number] {
  const from = Math.min(...marks.map((m) => m.from));
  const to = Math.max(...marks.map((m) => m.to));
  const room = Math.max((to - from) * 0.04, oneDay);
  return [from - room, to + room];
}

/** Bulk is where most of some marks lie, without the few that lie far before or after them. */
export interface Bulk<M> {
  most: M[];
  early: M[];
  late: M[];
}

/**
 * bulk parts marks that lie far off in time from the others: at most a quarter of them on a side, and so far that they would
 * press the rest into less than a third of an axis.
 */
export function bulk<M extends { from: number; to: number }>(marks: M[]): Bulk<M> {
  const byEnd = [...marks].sort((a, b) => a.to - b.to);
  const early = outside(byEnd.map((m) => m.to));
  const rest = byEnd.slice(early).sort((a, b) => b.from - a.from);
  const late = outside(rest.map((m) => -m.from));
  return { most: rest.slice(late).reverse(), early: byEnd.slice(0, early), late: rest.slice(0, late) };
}

// How many of the first of some times, in order, lie far from the next: the most it can be. The last quarter may lie far off too.
function outside(times: number[]): number {
  const quarter = Math.floor(times.length / 4);
  const last = times[times.length - 1 - quarter]!;
  for (let n = quarter; n > 0; n--) {
    if (times[n]! - times[n - 1]! > Math.max(2 * (last - times[n]!), 14 * oneDay)) return n;
  }
  return 0;
}

/** top is a round number above all values, with a round half, so that arrows and ranges have room. */
export function top(values: number[]): number {
  const most = Math.max(0, ...values) * 1.15;
  if (most <= 2) return most > 1 || most === 0 ? 2 : 1;
  const unit = 10 ** Math.floor(Math.log10(most));
  return unit * (steps.find((step) => step * unit >= most && Number.isInteger((step * unit) / 2)) ?? 10);
}

const steps = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10];
