import type { Matrix } from "../../lib/types";

/** The kinds of contact of docs/record.md, in the order they are shown. */
export const kinds: { kind: string; one: string; many: string }[] = [
  { kind: "call", one: "call", many: "calls" },
  { kind: "meeting", one: "meeting", many: "meetings" },
  { kind: "talks", one: "talks", many: "talks" },
  { kind: "visit", one: "visit", many: "visits" },
  { kind: "summit", one: "summit", many: "summits" },
  { kind: "session", one: "session", many: "sessions" },
  { kind: "address", one: "address", many: "addresses" },
];

/** told is the kinds of some contacts in words: "2 calls, 1 meeting". */
export function told(counts: { [kind: string]: number }): string {
  const known = kinds.filter((k) => counts[k.kind]).map((k) => `${counts[k.kind]} ${counts[k.kind] === 1 ? k.one : k.many}`);
  const other = Object.keys(counts).filter((name) => !kinds.some((k) => k.kind === name));
  return [...known, ...other.map((name) => `${counts[name]} ${name}`)].join(", ");
}

/** Cell is a pair: reports of one kind and day are one contact. */
export type Cell = Matrix["cells"][number];

/** Grid answers who met whom whichever of the two is asked for first, and orders actors by how many contacts they have. */
export class Grid {
  readonly actors: Matrix["actors"];
  readonly most: number;
  private readonly cells = new Map<string, Cell>();

  constructor(matrix: Pick<Matrix, "actors" | "cells">) {
    const total = new Map<string, number>();
    for (const cell of matrix.cells) {
      this.cells.set(pair(cell.a, cell.b), cell);
      for (const id of [cell.a, cell.b]) total.set(id, (total.get(id) ?? 0) + cell.count);
    }
    this.most = Math.max(1, ...matrix.cells.map((c) => c.count));
    this.actors = matrix.actors
      .filter((a) => total.has(a.id))
      .sort((a, b) => (total.get(b.id) ?? 0) - (total.get(a.id) ?? 0) || a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }

  at(a: string, b: string): Cell | undefined {
    return a === b ? undefined : this.cells.get(pair(a, b));
  }

  all(): Cell[] {
    return [...this.cells.values()];
  }

  nameOf(id: string): string {
    return this.actors.find((a) => a.id === id)?.name ?? id;
  }
}

function pair(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
