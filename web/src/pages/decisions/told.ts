// Decisions in words: what somebody did, after their name.

import { verb } from "../../lib/acts";
import { amount, heading, shorten, words } from "../../lib/format";
import type { ID, Judgement, Shown } from "../../lib/types";

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

const phrases: { [verb: string]: string } = {
  confirm: "accepted:",
  reject: "rejected:",
  doubt: "was unsure of:",
  clear: "took back the decision on:",
  merge: "made one actor of",
  split: "parted",
  same_origin: "said that these are copies of one report:",
  own_origin: "said that these are not copies of one report:",
  withdraw: "took out the article",
  restore: "put back the article",
  erase: "erased the text of the article",
  ingest: "took in the article",
  read: "read again the article",
  supersede: "put a later version in the place of the article",
};

/** phrase begins a sentence that what was decided on ends: "set the state to kept:", then the words of the promise. */
export function phrase(d: Judgement): string {
  if (d.verb === "state") return "set the state to " + words(d.value ?? "") + ":";
  if (d.verb === "seen") return (d.value === "yes" ? "has" : "has not") + " seen the thing itself:";
  if (d.verb === "checked") return (d.value === "yes" ? "has" : "has not") + " checked it:";
  if (d.verb === "attributed") return d.value === "yes" ? "said it stands on its source's word:" : "said it stands on more than its source's word:";
  return phrases[d.verb] ?? words(d.verb) + ":";
}

/** Said is an entry in a few words: who or what, the quotation, and where it stands. */
export type Said = { lead: string; quote: string; where: string };

/** said is an entry as the end of a sentence: Ruiz pledges “to pull back”. */
export function said(shown: Shown): Said {
  const e = shown.entry;
  const quote = shorten(e.text, 240);
  const where = e.publisher || heading(e, 80);
  const who = (ids: ID[] | null | undefined) => (ids ?? []).map((id) => shown.names?.[id]).filter(Boolean).join(", ");
  switch (e.kind) {
    case "statement":
      return { lead: `${who(e.item.source) || "somebody"} ${verb(e.item.act)}`, quote, where };
    case "commitment":
      return { lead: `promise by ${who(e.item.by) || "somebody"}`, quote, where };
    case "event":
      return { lead: `${who(e.item.actors) || "somebody"} (${words(e.item.type)})`, quote, where };
    case "contact":
      return { lead: `${words(e.item.kind)} of ${who(e.item.participants) || "somebody"}`, quote, where };
    case "figure":
      return { lead: `${amount(e.item)} ${e.item.of}`, quote: "", where };
    case "contradiction":
      return { lead: "contradiction", quote, where };
    default:
      return { lead: words(e.kind), quote: "name" in e.item && e.item.name ? e.item.name : quote, where };
  }
}

/** ofProgram are the verbs that the program itself writes. */
export const ofProgram = ["ingest", "read", "supersede"];

/** allVerbs are what can be chosen in a filter, those of people first. */
export const allVerbs: { verb: string; name: string }[] = [
  { verb: "confirm", name: "Accepted" },
  { verb: "reject", name: "Rejected" },
  { verb: "doubt", name: "Unsure" },
  { verb: "clear", name: "Decision taken back" },
  { verb: "state", name: "State of a commitment" },
  { verb: "seen", name: "Seen" },
  { verb: "checked", name: "Checked" },
  { verb: "attributed", name: "Attributed only" },
  { verb: "merge", name: "Two actors are one" },
  { verb: "split", name: "Two actors are apart" },
  { verb: "same_origin", name: "Copies of one report" },
  { verb: "own_origin", name: "Not copies of one report" },
  { verb: "withdraw", name: "Article taken out" },
  { verb: "restore", name: "Article put back" },
  { verb: "erase", name: "Text erased" },
  { verb: "ingest", name: "Article taken in" },
  { verb: "read", name: "Article read again" },
  { verb: "supersede", name: "Replaced by a later version" },
];

/** partOf is the page of an archive on which a subject is shown, by the letter of its id; "" where there is none. */
export function partOf(id: ID): string {
  const letter = id.split("-")[0] ?? "";
  if (letter === "d") return "article";
  if (letter === "i" || letter === "a") return "actors";
  return "psceakfxg".includes(letter) && letter !== "" ? "entry" : "";
}
