import { describe, expect, it } from "vitest";
import { differences, type Piece } from "./difference";

const marked = (pieces: Piece[]) => pieces.map((p) => (p.differs ? "[" + p.text.trim() + "]" : p.text.trim())).join(" ");

describe("differences", () => {
  it.each([
    ["eleven men are held at the bridge", "forty men are held at the bridge", "[eleven] men are held at the bridge", "[forty] men are held at the bridge"],
    ["We shelled the village.", "we did not shell the village", "We [shelled] the village.", "we [did not shell] the village"],
    ["The gate was shut at noon", "Nobody has seen 12 trucks", "The gate was shut at noon", "[Nobody] has seen [12] trucks"],
    ["", "three words here", "", "three words here"],
    ["same, words", "Same words", "same, words", "Same words"],
  ])("%s / %s", (a, b, wantA, wantB) => {
    const [gotA, gotB] = differences(a, b);
    expect(marked(gotA)).toBe(wantA);
    expect(marked(gotB)).toBe(wantB);
    expect(gotA.map((p) => p.text).join("")).toBe(a);
    expect(gotB.map((p) => p.text).join("")).toBe(b);
  });

  it("leaves texts too long to compare whole", () => {
    const long = "word ".repeat(5000);
    const [a] = differences(long, long + "end");
    expect(a.map((p) => p.text).join("")).toBe(long);
  });
});
