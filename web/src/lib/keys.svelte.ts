// Keys that do something, by name. Pages add theirs while they are shown; people may give an action another key, which is
// kept in the browser. Nothing happens while somebody types in a field or holds Ctrl, Alt or Meta.

import { onDestroy } from "svelte";

export interface Action {
  /** Names the action for ever, for the keys people choose: "review.accept". */
  id: string;
  key: string;
  label: string;
  run: (event: KeyboardEvent) => void;
}

const stored = "parley.keys";

class Keys {
  actions = $state.raw<Action[]>([]);
  /** The keys are listed on the screen (Help). */
  showing = $state(false);
  chosen = $state.raw<{ [id: string]: string }>(read());
  /** The first key of a pair ("g" of "g t"), for a moment. */
  #prefix = "";
  #prefixAt = 0;

  keyOf(action: Action): string {
    return this.chosen[action.id] ?? action.key;
  }

  choose(id: string, key: string): void {
    const { [id]: _, ...rest } = this.chosen;
    this.chosen = key ? { ...rest, [id]: key } : rest;
    try {
      localStorage.setItem(stored, JSON.stringify(this.chosen));
    } catch {
      // No storage: the choice lasts as long as the page.
    }
  }

  add(actions: Action[]): () => void {
    this.actions = [...this.actions, ...actions];
    return () => (this.actions = this.actions.filter((a) => !actions.includes(a)));
  }

  press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target) || document.querySelector("dialog[open]")) return;
    const pair = this.#prefix && Date.now() - this.#prefixAt < 1500 ? this.#prefix + " " + event.key : "";
    // The last one added wins: a page's own keys stand over the desk's.
    const hit = this.actions.findLast((a) => pair && this.keyOf(a) === pair) ?? (pair ? undefined : this.actions.findLast((a) => this.keyOf(a) === event.key));
    this.#prefix = "";
    if (hit) {
      event.preventDefault();
      hit.run(event);
    } else if (this.actions.some((a) => this.keyOf(a).startsWith(event.key + " "))) {
      this.#prefix = event.key;
      this.#prefixAt = Date.now();
    }
  }
}

export const keys = new Keys();

/** useKeys adds actions for as long as the calling component is shown. */
export function useKeys(actions: Action[]): void {
  onDestroy(keys.add(actions));
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function read(): { [id: string]: string } {
  try {
    const kept = JSON.parse(localStorage.getItem(stored) ?? "{}");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}
