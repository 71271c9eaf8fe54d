import { describe, expect, it } from "vitest";
import type { Decision, Judgement, Shown } from "../../lib/types";
import { type Made, Queue } from "./queue.svelte";

const shown = (id: string): Shown => ({ entry: { id, kind: "statement" }, names: {}, who: {}, chain: [] }) as unknown as Shown;

/** A queue over three entries whose archive refuses some subjects. */
function queue(refused: string[] = []) {
  const sent: string[] = [];
  const failed: Made[] = [];
  const q = new Queue(
    async (d: Decision) => {
      await Promise.resolve();
      if (refused.includes(d.subject)) throw new Error("the archive is locked");
      sent.push(d.verb + " " + d.subject);
      return {} as Judgement;
    },
    { failed: (m) => failed.push(m) },
  );
  q.show(["s-1", "s-2", "s-3"].map(shown));
  return { q, sent, failed };
}

describe("Queue", () => {
  it("shows a mark at once, sends it, and goes on", async () => {
    const { q, sent } = queue();
    q.mark("confirm", "so it says");
    expect(q.markOf("s-1")?.sent).toBe("saving");
    expect(q.current?.entry.id).toBe("s-2");
    await q.settled();
    expect(q.markOf("s-1")?.sent).toBe("saved");
    expect(sent).toEqual(["confirm s-1"]);
  });

  it("keeps the order of marks and of taking back", async () => {
    const { q, sent } = queue();
    q.mark("reject", "no");
    q.mark("confirm", "yes");
    expect(q.undo()).toBe(1);
    expect(q.current?.entry.id).toBe("s-2");
    q.undo();
    await q.settled();
    expect(sent).toEqual(["reject s-1", "confirm s-2", "clear s-2", "clear s-1"]);
    expect(q.marks).toEqual({});
    expect(q.undo()).toBe(0);
  });

  it("goes back to the mark before", async () => {
    const { q, sent } = queue();
    q.mark("confirm", "yes");
    q.jump("s-1");
    q.mark("reject", "on second thought");
    q.undo();
    await q.settled();
    expect(sent).toEqual(["confirm s-1", "reject s-1", "confirm s-1"]);
    expect(q.markOf("s-1")?.mark).toBe("confirm");
  });

  it("says what could not be saved, and does not count it", async () => {
    const refused = ["s-1"];
    const { q, sent, failed } = queue(refused);
    q.mark("confirm", "yes");
    q.mark("confirm", "yes");
    await q.settled();
    expect(failed.map((m) => [m.id, m.fault])).toEqual([["s-1", "the archive is locked"]]);
    expect(q.markOf("s-1")).toBeUndefined();
    expect(q.open).toBe(2);
    refused.length = 0;
    q.again();
    await q.settled();
    expect(q.failures).toEqual([]);
    expect(sent).toEqual(["confirm s-2", "confirm s-1"]);
  });

  it("takes nothing back that was never saved", async () => {
    const { q, sent } = queue(["s-1"]);
    q.mark("confirm", "yes");
    q.undo();
    await q.settled();
    expect(sent).toEqual([]);
  });

  it("rejects all that is open in one step", async () => {
    const { q, sent } = queue();
    q.mark("confirm", "yes");
    expect(q.rejectAll("a table of contents")).toBe(2);
    q.undo();
    await q.settled();
    expect(sent).toEqual(["confirm s-1", "reject s-2", "reject s-3", "clear s-2", "clear s-3"]);
    expect(q.open).toBe(2);
  });

  it("stays where it is at the ends and when it is empty", () => {
    const { q } = queue();
    expect(q.move(-1)).toBe(false);
    expect(q.move(5)).toBe(true);
    expect(q.at).toBe(2);
    q.show([]);
    q.mark("confirm", "yes");
    expect(q.move(1)).toBe(false);
    expect(q.current).toBeUndefined();
  });
});
