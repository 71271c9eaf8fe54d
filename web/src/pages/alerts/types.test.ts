import { expect, test } from "vitest";
import { draftOf, fromSearch, ruleOf } from "./draft";
import { about, type Rule, type SavedSearch, written } from "./types";

const ruiz = "i-abcdef123456";
const names = new Map([[ruiz, "Ana Ruiz"]]);
const rule: Rule = { id: "r-1", owner: "ada", archive: "crisis", name: "Ruiz", kind: "actor", terms: { actor: [ruiz], role: "about" }, created: "2026-01-01T00:00:00Z", fault: "x", wait: 5, channels: [{ id: "ch-1", kind: "atom", secret: "s" }, { id: "ch-2", kind: "email", to: "ada@desk.example" }] };

test("a rule is told in a line", () => {
  expect(about(rule, names)).toBe("Somebody speaks or is named · about Ana Ruiz");
  expect(about({ kind: "due", days: 3 }, names)).toBe("A commitment falls due · within 3 days");
});

test("a rule goes back without what the API adds, and without secrets", () => {
  expect(written(rule)).toEqual({ archive: "crisis", name: "Ruiz", kind: "actor", terms: rule.terms, wait: 5, channels: [{ id: "ch-1", kind: "atom", to: undefined }, { id: "ch-2", kind: "email", to: "ada@desk.example" }] });
});

test("a rule comes out of the form as it went in, with actors by name", () => {
  const draft = draftOf(rule, names);
  expect(draft.actors).toBe("Ana Ruiz");
  expect(ruleOf(draft, names)).toMatchObject({ name: "Ruiz", kind: "actor", terms: { actor: [ruiz], role: "about" }, wait: 5, quiet: 15, lasts: 24, channels: [{ id: "ch-1", kind: "atom" }, { id: "ch-2", kind: "email", to: "ada@desk.example" }] });
  draft.actors = "Ana Ruiz, Bo Lind";
  draft.feed = false;
  expect(ruleOf(draft, names)).toMatchObject({ terms: { actor: [ruiz, "Bo Lind"] }, channels: [{ id: "ch-2" }] });
});

test("what a kind does not ask for is left out", () => {
  const draft = draftOf({}, names);
  Object.assign(draft, { kind: "ceasefire", actors: "Ana Ruiz", labels: ["deny"], archive: "crisis", name: "truce" });
  expect(ruleOf(draft, names).terms).toEqual({});
  Object.assign(draft, { kind: "act" });
  expect(ruleOf(draft, names).terms).toEqual({ actor: ["Ana Ruiz"], label: ["deny"] });
});

const search = (terms: SavedSearch["terms"]): SavedSearch => ({ id: "q-1", owner: "ada", archive: "crisis", name: "Truce", terms, created: "", looked: "" });

test("a saved search becomes a rule about what is new in it", () => {
  const start = fromSearch(search({ kind: ["statement"], q: "truce", actor: [ruiz], role: "source", from: "2025-09-01", verdict: "none" }));
  expect(ruleOf(draftOf(start, names), names)).toMatchObject({ kind: "search", name: "Truce", terms: { kind: ["statement"], q: "truce", actor: [ruiz], role: "source" } });
  expect(ruleOf(draftOf(fromSearch(search({ kind: ["contradiction"], label: ["denial"] })), names), names)).toMatchObject({ kind: "contradiction", terms: { label: ["denial"] } });
});
