import { describe, expect, it } from "vitest";
import type { Shown } from "../../lib/types";
import { claims } from "./claims";

function stated(id: string, text: string, known: string, article = "d-" + id): Shown {
  return { entry: { id, kind: "statement", article, known, text, publisher: "Courier", item: { content: [{ text, span: [0, 1] }], said_at: null } }, names: {}, who: {}, chain: [] } as unknown as Shown;
}

describe("claims", () => {
  it("tells once what is said again in nearly the same words", () => {
    const got = claims([
      stated("s-3", "The bridge at Orlo will open on Monday, he repeated", "2031-05-04T00:00:00Z"),
      stated("s-1", "the bridge at Orlo will open on Monday", "2031-05-01T00:00:00Z"),
      stated("s-2", "no soldier has crossed the river", "2031-05-02T00:00:00Z"),
      stated("s-4", "The bridge at Orlo will open on Monday", "2031-05-01T09:00:00Z"),
    ]);
    expect(got.map((c) => c.all.map((s) => s.entry.id))).toEqual([["s-1", "s-4", "s-3"], ["s-2"]]);
    expect(got[0]!.days).toEqual(["2031-05-01", "2031-05-04"]);
    expect(got[0]!.articles).toBe(3);
    expect(got[0]!.papers).toEqual(["Courier"]);
    expect(got[0]!.last.entry.id).toBe("s-3");
  });

  it("keeps other numbers apart only where they change the words enough", () => {
    expect(claims([stated("s-1", "12 dead", "2031-05-01"), stated("s-2", "40 dead", "2031-05-01")])).toHaveLength(2);
  });

  it("has nothing to say of nothing", () => expect(claims([])).toEqual([]));
});
