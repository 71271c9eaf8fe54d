// The archive that the shown page belongs to, for components deep inside it.

import { getContext, setContext } from "svelte";

const key = Symbol("archive");

export function setArchive(name: () => string): void {
  setContext(key, name);
}

/** useArchive gives the archive's name as a function, so that it stays right when the page moves to another archive. */
export function useArchive(): () => string {
  return getContext<() => string>(key) ?? (() => "");
}
