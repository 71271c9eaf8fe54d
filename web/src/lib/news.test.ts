import { expect, test } from "vitest";
import { itemsOf, newsOf } from "./news";

const entry = (id: string, verdict?: string) => ({ entry: { id, verdict }, names: {} });

test("the things in an answer go by their ids, of whatever kind they are", () => {
  const today = { since: "2031-01-01", counts: { statement: 1 }, statements: [entry("s-1")], contradictions: [{ link: { id: "l-1" }, a: null, b: null }], due: [{ shown: entry("c-1"), state: "kept" }], ceasefires: [{ id: "kelm" }] };
  expect([...itemsOf(today).keys()]).toEqual(["s-1", "l-1", "c-1", "kelm"]);
});

test("new and changed things are told apart; what one decided oneself is no news, and what moved off the page neither", () => {
  const before = itemsOf({ entries: [entry("s-1"), entry("s-2"), entry("s-3"), entry("s-9")] });
  const after = itemsOf({ entries: [entry("s-4"), entry("s-1"), entry("s-2", "reject"), entry("s-3", "confirm")] });
  expect(newsOf(before, after, (id) => id === "s-3")).toEqual({ fresh: 1, changed: 1, first: "s-4" });
  expect(newsOf(before, before, () => false)).toEqual({ fresh: 0, changed: 0, first: undefined });
});
