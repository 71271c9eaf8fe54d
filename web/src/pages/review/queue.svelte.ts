// The review queue: a mark is shown at once and sent in the order it was made; what the archive refuses is taken back
// and said. Nothing here knows the page.

import type { Decision, ID, Judgement, Shown, Verdict } from "../../lib/types";
import { messageOf } from "../../lib/say.svelte";

export type Mark = Exclude<Verdict, "">;
export type Sent = "saving" | "saved" | "failed";

export interface Made {
  id: ID;
  mark: Mark;
  why: string;
  before: Verdict;
  sent: Sent;
  fault?: string;
}

/** What is taken back in one step: one mark, or all of a "reject all". */
type Step = Made[];

export interface Told {
  failed: (made: Made) => void;
}

export class Queue {
  items = $state.raw<Shown[]>([]);
  at = $state(0);
  /** The mark on each entry, by its id. */
  marks = $state.raw<{ [id: ID]: Made }>({});
  #steps: Step[] = $state.raw([]);
  #line: Promise<unknown> = Promise.resolve();
  #decide: (d: Decision) => Promise<Judgement>;
  #told: Told;

  constructor(decide: (d: Decision) => Promise<Judgement>, told: Told) {
    this.#decide = decide;
    this.#told = told;
  }

  current = $derived(this.items[this.at]);
  saving = $derived(Object.values(this.marks).filter((m) => m.sent === "saving").length);
  failures = $derived(Object.values(this.marks).filter((m) => m.sent === "failed"));
  open = $derived(this.items.filter((s) => !this.markOf(s.entry.id)).length);
  canUndo = $derived(this.#steps.length > 0);

  /** markOf is the mark that counts: one that could not be saved does not. */
  markOf(id: ID): Made | undefined {
    const made = this.marks[id];
    return made && made.sent !== "failed" ? made : undefined;
  }

  /** show takes another list, at its first entry or the one with an id. */
  show(items: Shown[], id?: ID): void {
    this.items = items;
    this.at = Math.max(0, items.findIndex((s) => s.entry.id === id));
  }

  /** more adds a further page, without what is there. */
  more(items: Shown[]): void {
    const there = new Set(this.items.map((s) => s.entry.id));
    this.items = [...this.items, ...items.filter((s) => !there.has(s.entry.id))];
  }

  /** move goes forward or back and says whether there was a way. */
  move(by: number): boolean {
    const to = Math.max(0, Math.min(this.at + by, this.items.length - 1));
    const moved = to !== this.at;
    this.at = to;
    return moved;
  }

  /** jump goes to an entry by its id. */
  jump(id: ID): void {
    const to = this.items.findIndex((s) => s.entry.id === id);
    if (to >= 0) this.at = to;
  }

  /** mark decides the current entry and goes to the next one that is open. */
  mark(mark: Mark, why: string): void {
    const now = this.current;
    if (!now) return;
    this.#steps = [...this.#steps, [this.#send(now, mark, why)]];
    this.#onward();
  }

  /** rejectAll rejects every open entry of the list, in one step. */
  rejectAll(why: string): number {
    const open = this.items.filter((s) => !this.markOf(s.entry.id));
    if (open.length > 0) this.#steps = [...this.#steps, open.map((s) => this.#send(s, "reject", why))];
    return open.length;
  }

  /** undo takes the last step back and goes to its entry; it gives how many marks that were. */
  undo(): number {
    const step = this.#steps.at(-1);
    if (!step) return 0;
    this.#steps = this.#steps.slice(0, -1);
    for (const made of step) this.#takeBack(made);
    this.jump(step[0]!.id);
    return step.length;
  }

  /** again sends what could not be saved once more. */
  again(): void {
    for (const made of this.failures) {
      const shown = this.items.find((s) => s.entry.id === made.id);
      if (shown) this.#steps = [...this.#steps, [this.#send(shown, made.mark, made.why)]];
    }
  }

  /** settled waits until everything was sent. */
  async settled(): Promise<void> {
    await this.#line;
  }

  #send(shown: Shown, mark: Mark, why: string): Made {
    const id = shown.entry.id;
    const made: Made = { id, mark, why, before: this.markOf(id)?.mark ?? shown.entry.verdict ?? "", sent: "saving" };
    this.#put(made);
    this.#then(made, { verb: mark, subject: id, why }, () => this.#put({ ...made, sent: "saved" }));
    return made;
  }

  #takeBack(made: Made): void {
    const verb = made.before || "clear";
    // A mark that failed never was; there is nothing to take back in the archive.
    if (this.marks[made.id]?.sent === "failed") {
      this.#drop(made.id);
      return;
    }
    this.#drop(made.id);
    if (made.before) this.#put({ ...made, mark: made.before, sent: "saving" });
    this.#line = this.#line.then(async () => {
      if (this.#lost.has(made)) return;
      try {
        await this.#decide({ verb, subject: made.id, why: "taken back in review" });
        if (made.before) this.#put({ ...made, mark: made.before, sent: "saved" });
      } catch (err) {
        // Not taken back: the mark still stands in the archive.
        this.#put({ ...made, sent: "saved" });
        this.#told.failed({ ...made, fault: messageOf(err) });
      }
    });
  }

  /** Marks the archive refused; taking one back later asks nothing of it. */
  #lost = new Set<Made>();

  #then(made: Made, decision: Decision, saved: () => void): void {
    this.#line = this.#line.then(async () => {
      try {
        await this.#decide(decision);
        // It may have been taken back or changed while it was on its way.
        if (this.marks[made.id] === made) saved();
      } catch (err) {
        this.#lost.add(made);
        this.#steps = this.#steps.map((s) => s.filter((m) => m !== made)).filter((s) => s.length > 0);
        const failed: Made = { ...made, sent: "failed", fault: messageOf(err) };
        if (this.marks[made.id] === made) this.#put(failed);
        this.#told.failed(failed);
      }
    });
  }

  #put(made: Made): void {
    this.marks = { ...this.marks, [made.id]: made };
  }

  #drop(id: ID): void {
    const { [id]: _, ...rest } = this.marks;
    this.marks = rest;
  }

  /** The next open entry, or the one after this where none is open behind it. */
  #onward(): void {
    const next = this.items.findIndex((s, i) => i > this.at && !this.markOf(s.entry.id));
    this.at = next >= 0 ? next : Math.min(this.at + 1, this.items.length - 1);
  }
}
