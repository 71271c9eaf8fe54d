// What a page asks of the API, as state: asked again when what it is asked with changes, given up when the page goes.

import { type Answer, get, type Params, type Path, type Problem, problemOf } from "./api";

/** Asked is an address with its parameters, and a query as it stands in the address of a page; null asks nothing. */
type Asked<P extends Path> = [path: P, params: Params<P>, more?: URLSearchParams] | null;

export class Loaded<P extends Path> {
  data = $state.raw<Answer<P>>();
  error = $state.raw<Problem>();
  loading = $state(true);
  /** What the same question is answered by now, when it has been looked for and is another answer. */
  newer = $state.raw<Answer<P>>();
  #again = $state(0);
  #asked: Asked<P> = null;

  /** ask gives path and parameters, read inside an effect. Call it while a component starts. */
  constructor(ask: () => Asked<P>) {
    $effect(() => {
      void this.#again;
      const asked = (this.#asked = ask());
      this.newer = undefined;
      if (!asked) {
        this.loading = false;
        return;
      }
      const [path, params, more] = asked;
      const stop = new AbortController();
      this.loading = true;
      get(path, params, { more, signal: stop.signal }).then(
        (data) => {
          this.data = data;
          this.error = undefined;
          this.loading = false;
        },
        (err) => {
          if (stop.signal.aborted) return;
          this.error = problemOf(err);
          this.loading = false;
        },
      );
      return () => stop.abort();
    });
  }

  reload(): void {
    this.#again++;
  }

  /** look asks the same again and keeps the answer beside the one that is shown. One that fails is no matter. */
  async look(): Promise<void> {
    const asked = this.#asked;
    if (!asked || !this.data) return;
    const newer = await get(asked[0], asked[1], { more: asked[2] }).catch(() => undefined);
    if (this.#asked === asked) this.newer = newer;
  }

  /** take shows the newer answer. */
  take(): Answer<P> | undefined {
    const newer = this.newer;
    if (newer) this.data = newer;
    this.newer = undefined;
    return newer;
  }
}

export function load<P extends Path>(ask: () => Asked<P>): Loaded<P> {
  return new Loaded(ask);
}
