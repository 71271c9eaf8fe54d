// What others change in an archive while its pages are open: one stream of changes for the whole tab, while the tab is seen.
// Pages are told that there is something, not what; they ask again themselves (Loaded.look).

import type { ID, Judgement } from "./types";

/** Times in milliseconds: until the stream is opened, between a change and the telling of it, and between tries. */
export const waits = { open: 2000, quiet: 1500, most: 10_000, again: 5000, longest: 120_000 };
/** After so many refusals in a row nothing is tried until the tab is looked at again. */
const tries = 5;

class Live {
  /** Grows when somebody else has changed something. */
  told = $state(0);
  #archive = "";
  #followers = 0;
  #stream: EventSource | undefined;
  #last = "";
  #refused = 0;
  #opening = 0;
  #telling = 0;
  #since = 0;
  #seqs = new Set<number>();
  #own = new Set<number>();
  #subjects = new Set<ID>();

  /** follow keeps the stream of an archive open until the returned function is called. */
  follow(archive: string): () => void {
    if (archive !== this.#archive) {
      this.#close();
      [this.#archive, this.#last, this.#refused] = [archive, "", 0];
    }
    if (this.#followers++ === 0) document.addEventListener("visibilitychange", this.#seen);
    this.#open(waits.open);
    return () => {
      if (--this.#followers > 0) return;
      document.removeEventListener("visibilitychange", this.#seen);
      this.#close();
    };
  }

  /** decided notes a decision made on this page, which is no news to it. */
  decided(made: Judgement): void {
    this.#own.add(made.seq);
    this.#subjects.add(made.subject);
  }

  /** mine says whether something was decided on this page. */
  mine(subject: ID): boolean {
    return this.#subjects.has(subject);
  }

  #seen = (): void => {
    if (document.visibilityState === "hidden") return this.#close();
    this.#refused = 0;
    this.told++; // whatever happened meanwhile
    this.#open(0);
  };

  #open(wait: number): void {
    if (this.#stream || this.#opening || document.visibilityState === "hidden") return;
    this.#opening = window.setTimeout(() => {
      this.#opening = 0;
      const stream = new EventSource(`/api/v1/archives/${encodeURIComponent(this.#archive)}/stream${this.#last && "?since=" + this.#last}`);
      stream.addEventListener("open", () => (this.#refused = 0));
      stream.addEventListener("change", (change) => this.#hear(change));
      stream.addEventListener("error", () => this.#again());
      this.#stream = stream;
    }, wait);
  }

  /** A stream that ends is opened again, later each time it was refused; browsers do not say why it was. */
  #again(): void {
    this.#close();
    if (++this.#refused <= tries) this.#open(Math.min(waits.again * 2 ** (this.#refused - 1), waits.longest));
  }

  #close(): void {
    this.#stream?.close();
    this.#stream = undefined;
    clearTimeout(this.#opening);
    this.#opening = 0;
  }

  #hear(change: MessageEvent<string>): void {
    this.#last = change.lastEventId;
    this.#seqs.add(Number(change.lastEventId));
    const now = Date.now();
    if (!this.#telling) this.#since = now;
    clearTimeout(this.#telling);
    this.#telling = window.setTimeout(() => this.#tell(), Math.max(0, Math.min(waits.quiet, this.#since + waits.most - now)));
  }

  #tell(): void {
    this.#telling = 0;
    if ([...this.#seqs].some((seq) => !this.#own.has(seq))) this.told++;
    this.#seqs.clear();
  }
}

export const live = new Live();
