import { describe, expect, it } from "vitest";
import type { PromiseShown } from "../../lib/types";
import { board, byDue, columnOf, distance, probablyKept } from "./columns";

function promise(id: string, due: string | null, state = "not_assessed", ...evidence: string[]): PromiseShown {
  const entry = { id, kind: "commitment", item: { due: due && { text: "", span: [0, 0], start: null, end: due } } };
  return { shown: { entry, names: {}, who: {}, chain: [] }, state, due: null, conditions: [], evidence: evidence.map((type) => ({ link: { type } })), history: [] } as unknown as PromiseShown;
}

describe("columnOf", () => {
  it.each([
    ["yesterday", "2031-05-09", "not_assessed", "overdue"],
    ["today", "2031-05-10", "not_assessed", "soon"],
    ["in a week", "2031-05-17T00:00:00Z", "not_assessed", "soon"],
    ["later", "2031-05-18", "not_assessed", "not_assessed"],
    ["no day", null, "not_assessed", "not_assessed"],
    ["decided, though the day passed", "2031-01-01", "kept", "kept"],
  ])("%s", (_, due, state, want) => {
    expect(columnOf(promise("c-1", due, state), "2031-05-10")).toBe(want);
  });
});

it("board puts what has evidence first, then the earliest due, what was probably kept last", () => {
  const found = board([promise("c-3", null), promise("c-1", "2031-09-01"), promise("c-2", "2031-10-01", "not_assessed", "broken"), promise("c-0", "2031-08-01", "not_assessed", "kept")], "2031-05-10");
  expect(found.get("not_assessed")!.map((p) => p.shown.entry.id)).toEqual(["c-2", "c-1", "c-3", "c-0"]);
});

it("byDue leaves what has no day to the end", () => {
  expect(byDue([promise("c-1", null), promise("c-3", "2031-02-01"), promise("c-2", "2031-01-01")]).map((p) => p.shown.entry.id)).toEqual(["c-2", "c-3", "c-1"]);
});

it.each([
  ["2031-05-10", "today"],
  ["2031-05-11", "in 1 day"],
  ["2031-05-01", "9 days ago"],
  ["2032-05-10", "in 12 months"],
  ["2020-05-10", "11 years ago"],
  ["soon", ""],
])("distance of %s", (day, want) => expect(distance(day, "2031-05-10")).toBe(want));

it.each([
  ["nothing found", "not_assessed", [], false],
  ["evidence for it", "not_assessed", ["kept"], true],
  ["evidence on both sides", "not_assessed", ["kept", "broken"], false],
  ["decided by a person", "broken", ["kept"], false],
])("probably kept: %s", (_, state, evidence, want) => expect(probablyKept(promise("c-1", null, state, ...evidence))).toBe(want));

it("evidence that was rejected says nothing", () => {
  const p = promise("c-1", null, "not_assessed", "kept");
  p.evidence[0]!.link.verdict = "reject";
  expect(probablyKept(p)).toBe(false);
});
