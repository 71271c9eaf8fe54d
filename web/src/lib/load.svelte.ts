// What a page asks of the API, as state: asked again when what it is asked with changes, given up when the page goes.

import { get, type Params, Problem } from "./api";

export class Loaded<T> {
  data = $state.raw<T>();
  error = $state.raw<Problem>();
  loading = $state(true);
  #again = $state(0);

  /** ask gives path and parameters, read inside an effect; null asks nothing. Call it while a component starts. */
  constructor(ask: () => [path: string, params?: Params] | null) {
    $effect(() => {
      void this.#again;
      const asked = ask();
      if (!asked) {
        this.loading = false;
        return;
      }
      const stop = new AbortController();
      this.loading = true;
      get<T>(asked[0], asked[1], stop.signal).then(
        (data) => {
          this.data = data;
          this.error = undefined;
          this.loading = false;
        },
        (err) => {
          if (stop.signal.aborted) return;
          this.error = err instanceof Problem ? err : new Problem(0, "This page met an error", String(err));
          this.loading = false;
        },
      );
      return () => stop.abort();
    });
  }

  reload(): void {
    this.#again++;
  }
}

export function load<T>(ask: () => [path: string, params?: Params] | null): Loaded<T> {
  return new Loaded<T>(ask);
}
