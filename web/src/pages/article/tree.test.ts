import { describe, expect, it } from "vitest";
import { offsets, paragraphs, type Branch, type Leaf, type Mark } from "./tree";

const mark = (id: string, start: number, end: number, part = "content"): Mark => ({ id, part, span: [start, end] });

/** drawn writes a tree with brackets: "a [s:b c]". */
function drawn(inside: (Leaf | Branch)[]): string {
  return inside.map((n) => ("text" in n ? n.text : `[${n.first ? "*" : ""}${n.mark.id}:${drawn(n.inside)}]`)).join("");
}

const draw = (text: string, ...marks: Mark[]) => paragraphs(text, marks).map((p) => drawn(p.inside));

describe("paragraphs", () => {
  it("leaves text without marks as it is, without its empty lines", () => {
    expect(draw("one\n\n \ntwo\n")).toEqual(["one", "two"]);
  });
  it("counts code points, not UTF-16 units", () => {
    expect(draw("🕊️ we agree", mark("s", 3, 5))).toEqual(["🕊️ [*s:we] agree"]);
  });
  it("nests a mark in a longer one", () => {
    expect(draw("he said that she said no", mark("in", 17, 24), mark("out", 8, 24))).toEqual(["he said [*out:that she [*in:said no]]"]);
  });
  it("splits marks that cross", () => {
    expect(draw("abcdef", mark("x", 0, 4), mark("y", 2, 6))).toEqual(["[*x:ab[*y:cd]][y:ef]"]);
  });
  it("splits a mark that crosses pieces of several others", () => {
    const [line] = draw("abcdefghij", mark("x", 0, 5), mark("y", 3, 8), mark("z", 4, 9));
    expect(line!.replace(/[[\]]|\*?[xyz]:/g, "")).toBe("abcdefghij");
  });
  it("splits a mark at the end of a line and stops the keyboard once", () => {
    expect(draw("one\ntwo", mark("s", 1, 6))).toEqual(["o[*s:ne]", "[s:tw]o"]);
  });
  it("puts alike marks one in the other", () => {
    expect(draw("abc", mark("s", 0, 3), mark("f", 0, 3, "figure"))).toEqual(["[*s:[f:abc]]"]);
  });
  it("leaves out marks that lie outside the text", () => {
    expect(draw("abc", mark("a", -1, 2), mark("b", 2, 9), mark("c", 2, 2))).toEqual(["abc"]);
  });
  it("keeps every character whatever the marks", () => {
    const text = "Ämter 🏳️ say:\n“no”, “yes”\n\u202ereversed\u202c end";
    const points = [...text].length;
    for (let i = 0; i < 300; i++) {
      const at = () => (Math.imul(i * 7 + 13, 2654435761 + marks.length * 97) >>> 0) % (points + 1);
      const marks: Mark[] = [];
      for (let n = 0; n < 6; n++) {
        const a = at(), b = (a + 1 + ((i * 31 + n * 17) % 9)) % (points + 1);
        marks.push(mark("m" + n, Math.min(a, b), Math.max(a, b)));
      }
      const plain = (inside: (Leaf | Branch)[]): string => inside.map((n) => ("text" in n ? n.text : plain(n.inside))).join("");
      expect(paragraphs(text, marks).map((p) => plain(p.inside))).toEqual(text.split("\n"));
    }
  });
});

describe("offsets", () => {
  it("has one for each code point and one for the end", () => {
    expect([...offsets("a🕊b")]).toEqual([0, 1, 3, 4]);
  });
});
