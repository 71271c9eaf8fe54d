import { describe, expect, it } from "vitest";
import { amount, between, deadline, duration, heading, pageOf, shorten, webAddress, when } from "./format";

describe("times", () => {
  it.each([
    ["2022-02-20", "20 Feb 2022"],
    ["2022-02-20T00:00:00Z", "20 Feb 2022"],
    ["2022-02-20T18:05:00Z", "20 Feb 2022, 18:05 UTC"],
    ["2022-02-20T18:05:00+02:00", "20 Feb 2022, 16:05 UTC"],
    ["no time", "no time"],
  ])("%s", (time, want) => expect(when(time)).toBe(want));
  it("says stretches and open ends", () => {
    expect(between("2022-02-20", "2022-02-20")).toBe("20 Feb 2022");
    expect(between("2022-02-20", "2022-02-22")).toBe("20 Feb 2022 – 22 Feb 2022");
    expect(between("2022-02-20", null)).toBe("from 20 Feb 2022");
    expect(deadline({ text: "by Tuesday", start: null, end: "2022-02-22" })).toBe("by 22 Feb 2022");
    expect(deadline({ text: "soon", start: null, end: null })).toBe("soon");
  });
  it("reads durations", () => {
    expect(duration("PT105M")).toBe("1 h 45 min");
    expect(duration("PT2H")).toBe("2 h");
    expect(duration("soon")).toBe("soon");
  });
});

describe("amounts", () => {
  it.each([
    [{ value: 1200, high: null, bound: "at_least", unit: "" }, "at least 1,200"],
    [{ value: 20, high: 30, bound: "", unit: "km" }, "20–30 km"],
    [{ value: 11, high: null, bound: "exactly", unit: "" }, "11"],
  ])("%o", (figure, want) => expect(amount(figure)).toBe(want));
});

describe("outside text", () => {
  it("is cut between characters, not inside one", () => {
    expect(shorten("🕊🕊🕊🕊", 4)).toBe("🕊🕊🕊🕊");
    expect(shorten("🕊🕊🕊🕊🕊", 4)).toBe("🕊🕊🕊🕊…");
    expect(shorten("one two three", 8)).toBe("one two…");
  });
  it("of any length is a heading of some lines", () => {
    expect([...heading({ title: "Endless ".repeat(1_000_000) })].length).toBeLessThan(250);
    expect(heading({ title: "  " })).toBe("Untitled");
    expect(heading({ title: "", location: "/wires/old ones/a.html" })).toBe("a.html");
    expect(heading({ title: "", location: "https://kelm.example/news/road/?a=/b" })).toBe("road");
    expect(heading({ title: "", location: "C:\\wires\\a.txt" })).toBe("a.txt");
  });
  it("is a link only where it is a web address", () => {
    expect(webAddress("javascript:alert(1)")).toBe("");
    expect(webAddress("data:text/html,x")).toBe("");
    expect(webAddress("https://a.example/b")).toBe("https://a.example/b");
    expect(pageOf("crisis", "actors", "a/b?c")).toBe("/crisis/actors/a%2Fb%3Fc");
  });
});
