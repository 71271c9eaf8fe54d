import { describe, expect, it } from "vitest";
import { differences, marked, type Piece } from "./difference";

const told = (pieces: Piece[]) => pieces.map((p) => (p.differs ? "[" + p.text.trim() + "]" : p.text.trim())).join(" ");

describe("differences", () => {
  it.each([
    ["eleven men are held at the bridge", "forty men are held at the bridge", "[eleven] men are held at the bridge", "[forty] men are held at the bridge"],
    ["We shelled the village.", "we did not shell the village", "We [shelled] the village.", "we [did not shell] the village"],
    ["The gate was shut at noon", "Nobody has seen 12 trucks", "The gate was shut at noon", "[Nobody] has seen [12] trucks"],
    ["", "three words here", "", "three words here"],
    ["same, words", "Same words", "same, words", "Same words"],
  ])("%s / %s", (a, b, wantA, wantB) => {
    const [gotA, gotB] = differences(a, b);
    expect(told(gotA)).toBe(wantA);
    expect(told(gotB)).toBe(wantB);
    expect(gotA.map((p) => p.text).join("")).toBe(a);
    expect(gotB.map((p) => p.text).join("")).toBe(b);
  });

  it("leaves texts too long to compare whole", () => {
    const long = "word ".repeat(5000);
    const [a] = differences(long, long + "end");
    expect(a.map((p) => p.text).join("")).toBe(long);
  });
});

describe("marked", () => {
  const sides = (type: string, reason: string, a: string, b: string) => marked(type, reason, a, b).map(told);

  it("marks what the reason of another strength quotes", () => {
    expect(sides("strength", "Aru says “promised”, Bel says “hinted at”: “he promised to leave” against “he hinted at it”", "he promised to leave", "He Hinted at it")).toEqual(["he [promised] to leave", "He [Hinted at] it"]);
  });
  it("marks what one account leaves out", () => {
    expect(sides("omission", "the account of Aru tells of “open the gate”; that of Bel does not", "they agreed to open the gate", "they met")).toEqual(["they agreed to [open the gate]", "they met"]);
  });
  it("marks the denial, not the words round it", () => {
    expect(sides("denial", "", "the gate was shut", "the gate was never shut")).toEqual(["the gate was shut", "the gate was [never] shut"]);
  });
  it("loses nothing where phrases overlap or are not there", () => {
    const [a] = marked("omission", "“b c” “c d” “zz”", "a b c d", "");
    expect(a.map((p) => p.text).join("")).toBe("a b c d");
  });
});
