import { describe, expect, it } from "vitest";
import { places } from "./margin";

const slots = (...wants: number[]) => wants.map((want) => ({ want, height: 20 }));

describe("places", () => {
  it("puts notes beside their words where there is room", () => {
    expect(places(slots(0, 50, 100), -1, 5)).toEqual([0, 50, 100]);
  });
  it("pushes down those that would overlap", () => {
    expect(places(slots(10, 12, 14), -1, 5)).toEqual([10, 35, 60]);
  });
  it("puts the lit one beside its words and makes room before it", () => {
    expect(places(slots(100, 102, 104), 2, 5)).toEqual([54, 79, 104]);
  });
  it("pushes nothing over the top", () => {
    expect(places(slots(0, 2, 4), 2, 5)).toEqual([0, 25, 50]);
  });
  it("keeps those after the lit one below it", () => {
    expect(places(slots(0, 10, 15, 200), 1, 5)).toEqual([0, 25, 50, 200]);
  });
});
