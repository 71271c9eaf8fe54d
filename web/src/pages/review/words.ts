// Small texts of the review queue.

import { shorten, words } from "../../lib/format";
import type { ID, Shown } from "../../lib/types";
import type { Mark } from "./queue.svelte";

export const markNames: { [M in Mark]: string } = { confirm: "Accepted", reject: "Rejected", doubt: "Unsure" };

/** What the log says of a decision by a single key: nobody gave a reason, and none is made up. */
export const noReason = "no reason given, in review";

/** actorsOf are those who speak or act in an entry. */
export function actorsOf({ entry }: Shown): ID[] {
  switch (entry.kind) {
    case "statement":
      return entry.item.source ?? [];
    case "event":
      return entry.item.actors ?? [];
    case "commitment":
      return entry.item.by ?? [];
    case "contact":
      return entry.item.participants ?? [];
    case "figure":
      return entry.item.asserted_by ?? [];
    default:
      return [];
  }
}

/** speaker names who speaks or acts, for a line of the list. */
export function speaker(shown: Shown): string {
  return actorsOf(shown).map((id) => shown.names[id]).filter(Boolean).join(", ");
}

/** opening is how an entry's words begin; a number goes on with its sentence. */
export function opening({ entry, around }: Shown): string {
  return entry.text + (around?.after ?? "");
}

/** gist says an entry in one line. */
export function gist(shown: Shown): string {
  const { entry } = shown;
  return [speaker(shown), entry.kind === "statement" ? words(entry.label) : entry.kind].filter(Boolean).join(" ") + ": " + shorten(opening(shown), 90);
}

/** belongs says whether an entry is of the group that was chosen. */
export function belongs(shown: Shown, group: { kind: string[]; label: string; article: string; actor: string }): boolean {
  const { entry } = shown;
  return (
    (group.kind.length === 0 || group.kind.includes(entry.kind)) &&
    (!group.label || entry.label === group.label) &&
    (!group.article || entry.article === group.article) &&
    (!group.actor || actorsOf(shown).some((id) => id === group.actor || shown.who[id] === group.actor))
  );
}
