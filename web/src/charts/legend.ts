// The marks of the charts for their legends, drawn in a box of 24 by 16.

export interface LegendMark {
  name: string;
  d: string;
  tone?: "low" | "high" | "severe" | "none";
  /** Drawn as a line; else filled. */
  stroke?: "line" | "dashed";
}

const atLeast: LegendMark = { name: "at least", d: "M12 15V2M8 6l4-4 4 4", stroke: "line" };
const atMost: LegendMark = { name: "at most", d: "M12 1v13M8 10l4 4 4-4", stroke: "line" };

/** Marks of numbers over time (marks.ts). */
export const numberMarks: LegendMark[] = [
  { name: "a day", d: "M7.5 8a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0" },
  { name: "day not given: the article's", d: "M12 2l6 6-6 6-6-6z" },
  { name: "a window of days", d: "M2 5h20v10H2z" },
  { name: "hollow: about", d: "M8 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0", stroke: "line" },
  { name: "a range", d: "M12 2v12M8.5 2h7M8.5 14h7", stroke: "line" },
  atLeast,
  atMost,
];

/** Marks of counts day by day under a ceasefire. */
export const countMarks: LegendMark[] = [
  { name: "low", d: "M6 10h12v6H6z", tone: "low" },
  { name: "high", d: "M6 5h12v11H6z", tone: "high" },
  { name: "very high", d: "M6 0h12v16H6z", tone: "severe" },
  { name: "no report", d: "M4 0h16v16H4z", tone: "none" },
  { name: "limit for high, or very high", d: "M2 8h20", tone: "low", stroke: "dashed" },
  { name: "about", d: "M6 3h12v12H6z", tone: "low", stroke: "dashed" },
  { ...atLeast, tone: "low" },
  { ...atMost, tone: "low" },
];
