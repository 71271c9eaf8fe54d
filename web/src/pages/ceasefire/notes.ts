import type { Ref } from "./report";

/** Notes numbers what sentences rest on, each reference once, as the footnotes of a page. */
export class Notes {
  readonly list: Ref[] = [];
  private readonly numbers = new Map<string, number>();

  /** of gives the numbers of references, in order, each once. */
  of(refs: Ref[] | null | undefined): number[] {
    const out = new Set<number>();
    for (const ref of refs ?? []) {
      const key = JSON.stringify([ref.kind, ref.entry, ref.table, ref.line, ref.column, ref.url, ref.text]);
      let n = this.numbers.get(key);
      if (n === undefined) {
        n = this.list.push(ref);
        this.numbers.set(key, n);
      }
      out.add(n);
    }
    return [...out].sort((a, b) => a - b);
  }
}

/** runs joins neighbouring numbers, so that a long list of notes stays short: 1, 2, 3, 5 are 1–3 and 5. */
export function runs(numbers: number[]): [number, number][] {
  const out: [number, number][] = [];
  for (const n of numbers) {
    const last = out.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else out.push([n, n]);
  }
  return out;
}

/** web is a reference's address if a browser may go there, else nothing: a table can hold any text. */
export function web(url: string | undefined): string | undefined {
  return url && /^https?:\/\//i.test(url) ? url : undefined;
}
