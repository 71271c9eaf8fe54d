import { expect, test } from "vitest";
import { about, type Rule, written } from "./types";

const rule: Rule = { id: "r-1", owner: "ada", archive: "crisis", name: "Ruiz", kind: "actor", terms: { actor: ["Ana Ruiz"], role: "about" }, created: "2026-01-01T00:00:00Z", fault: "x", channels: [{ id: "ch-1", kind: "atom", secret: "s" }] };

test("a rule is told in a line", () => {
  expect(about(rule)).toBe("Somebody speaks or is spoken of · about Ana Ruiz");
});

test("a rule goes back without what the API adds, and without secrets", () => {
  expect(written(rule)).toEqual({ archive: "crisis", name: "Ruiz", kind: "actor", terms: rule.terms, channels: [{ id: "ch-1", kind: "atom", to: undefined }] });
});
