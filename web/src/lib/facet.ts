// Values of a facet to choose from.

import type { Counted } from "./types";

export interface Option {
  value: string;
  name: string;
  count?: number;
  sign?: string;
}

/** options are what a list holds, with how often, and behind it what is chosen and not there, which named gives names. */
export function options(list: Counted[] | undefined, chosen: string[], named = (id: string) => id): Option[] {
  const there: Option[] = (list ?? []).map((c) => ({ value: c.id, name: c.name || c.id, count: c.count }));
  return [...there, ...chosen.filter((id) => !there.some((o) => o.value === id)).map((id) => ({ value: id, name: named(id) }))];
}
