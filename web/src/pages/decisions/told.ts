// Decisions in words: what somebody did, after their name.

import { words } from "../../lib/format";
import type { ID, Judgement } from "../../lib/types";

const verbs: { [verb: string]: string } = {
  confirm: "accepted it",
  reject: "rejected it",
  doubt: "was unsure of it",
  clear: "took the decision back",
  merge: "made two actors one",
  split: "parted two actors",
  same_origin: "said that both are copies of one report",
  own_origin: "said that they are not copies of one report",
  withdraw: "took the article out",
  restore: "put the article back",
  erase: "erased the text",
  ingest: "took the article in",
  read: "read the article again",
  supersede: "put a later version in its place",
};

/** told says what was decided. */
export function told(d: Judgement): string {
  if (d.verb === "state") return "set the state to " + words(d.value ?? "");
  if (d.verb === "seen") return d.value === "yes" ? "has seen the thing itself" : "has not seen it";
  if (d.verb === "checked") return d.value === "yes" ? "has checked it" : "has not checked it";
  if (d.verb === "attributed") return d.value === "yes" ? "said it stands on its source's word" : "said it stands on more than its source's word";
  return verbs[d.verb] ?? words(d.verb);
}

/** allVerbs are what can be chosen in a filter, those of people first. */
export const allVerbs: { verb: string; name: string }[] = [
  { verb: "confirm", name: "Accept" },
  { verb: "reject", name: "Reject" },
  { verb: "doubt", name: "Unsure" },
  { verb: "clear", name: "Take back" },
  { verb: "state", name: "State of a commitment" },
  { verb: "seen", name: "Seen" },
  { verb: "checked", name: "Checked" },
  { verb: "attributed", name: "Attributed only" },
  { verb: "merge", name: "Merge actors" },
  { verb: "split", name: "Split actors" },
  { verb: "same_origin", name: "Same origin" },
  { verb: "own_origin", name: "Own origin" },
  { verb: "withdraw", name: "Withdraw" },
  { verb: "restore", name: "Restore" },
  { verb: "erase", name: "Erase" },
  { verb: "ingest", name: "Take in" },
  { verb: "read", name: "Read again" },
  { verb: "supersede", name: "Supersede" },
];

/** partOf is the page of an archive on which a subject is shown, by the letter of its id; "" where there is none. */
export function partOf(id: ID): string {
  const letter = id.split("-")[0] ?? "";
  if (letter === "d") return "article";
  if (letter === "i" || letter === "a") return "actors";
  return "psceakfxg".includes(letter) && letter !== "" ? "entry" : "";
}
