import { describe, expect, it } from "vitest";
import type { Series } from "../../lib/types";
import { keyOf, panels, things } from "./group";

const point = (id: string, start: string | null, known = "2031-03-09T10:00:00Z") => ({
  id,
  value: 3,
  high: null,
  bound: "exactly",
  start,
  end: start,
  known,
  text: "three",
  said: "three were hurt",
  article: "d-1",
  publisher: "Kelm Post",
  title: "Three hurt",
});
const series = (of: string, giver: string, points: Series["points"], unit = ""): Series => ({
  id: of + giver,
  of,
  unit,
  where: "",
  giver,
  giver_id: giver && "i-" + giver,
  points,
});

describe("figures", () => {
  const all = [
    series("Shells", "mission", [point("f-2", "2031-03-02"), point("f-1", "2031-03-01")]),
    series("shells", "army", [point("f-3", null)]),
    series("grain", "army", [point("f-4", "2031-03-04"), point("f-5", "2031-03-05"), point("f-6", "2031-03-06")], "tonnes"),
  ];

  it("puts first what most givers count", () => {
    expect(things(all).map((t) => [t.key, t.givers, t.count])).toEqual([
      ["shells", 2, 3],
      ["grain (tonnes)", 1, 3],
    ]);
  });

  it("shows a chart for each series of what is chosen, those with most numbers first in each unit", () => {
    expect(panels(all, ["shells"]).map((p) => p.giver)).toEqual(["mission", "army"]);
    expect(panels(all, ["grain (tonnes)", "shells"]).map((p) => [p.giver, p.unit])).toEqual([
      ["mission", ""],
      ["army", ""],
      ["army", "tonnes"],
    ]);
    expect(panels(all, ["tanks"])).toEqual([]);
  });

  it("tells a unit apart in its name", () => {
    expect(keyOf({ of: " Grain ", unit: "tonnes" })).toBe("grain (tonnes)");
  });
});
