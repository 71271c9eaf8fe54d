import { describe, expect, it } from "vitest";
import { bars, onAxis } from "./days";

describe("bars", () => {
  it("fills days without entries", () => {
    expect(bars([{ day: "2031-05-01", count: 2 }, { day: "2031-05-03", count: 1 }], 10).map((b) => b.count)).toEqual([2, 0, 1]);
  });
  it("never makes more than wanted, and loses none", () => {
    const days = Array.from({ length: 100 }, (_, i) => ({ day: new Date(Date.UTC(2031, 0, 1 + i * 3)).toISOString().slice(0, 10), count: 1 }));
    const got = bars(days, 40);
    expect(got.length).toBeLessThanOrEqual(40);
    expect(got.reduce((n, b) => n + b.count, 0)).toBe(100);
    expect(got.at(-1)!.to).toBe(days.at(-1)!.day);
  });
  it("leaves out what is no day", () => expect(bars([{ day: "?", count: 1 }], 10)).toEqual([]));
});

it.each([["2031-05-01", 0], ["2031-05-11", 1], ["2031-05-06", 0.5]])("onAxis %s", (day, want) => expect(onAxis(day, "2031-05-01", "2031-05-11")).toBe(want));
