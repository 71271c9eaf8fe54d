// The two sides of a contradiction, told in the same rows, so that a reader compares like with like.

import { amount, between, words as plain } from "../../lib/format";
import type { ID, Linked, Shown, Time, Trace } from "../../lib/types";

export interface Row {
  name: string;
  a: string;
  b: string;
  /** The row that the contradiction is about. */
  differs: boolean;
}

type Cells = { [name in Name]: string };
type Name = "Who" | "To whom" | "What" | "Number" | "When" | "Where";

/** Which rows a type of contradiction is about. */
const about: { [type: string]: Name[] } = {
  denial: ["What"],
  opposite: ["What"],
  strength: ["What"],
  number: ["Number"],
  time: ["When"],
  place: ["Where"],
};

/** What each type of contradiction means, in a line. */
export const types: { [type: string]: string } = {
  denial: "one says it, the other denies it",
  opposite: "each says the opposite of the other",
  number: "two numbers for one thing",
  time: "two times for one thing",
  place: "two places for one thing",
  strength: "one tells it stronger than the other",
  omission: "one account leaves out what the other tells",
};

/** The types by name. */
export const typeNames: { [type: string]: string } = {
  denial: "Denial",
  opposite: "Opposite",
  number: "Number",
  time: "Time",
  place: "Place",
  strength: "Strength",
  omission: "Omission",
  stated: "Stated in the text",
};

/** rows puts both sides beside each other; rows that neither side fills are left out. */
export function rows(pair: Linked): Row[] {
  const a = cells(pair.a);
  const b = cells(pair.b);
  return (Object.keys(none) as Name[])
    .filter((name) => a[name] || b[name])
    .map((name) => ({ name, a: a[name], b: b[name], differs: (about[pair.link.type] ?? []).includes(name) && bare(a[name]) !== bare(b[name]) }));
}

/** bare is a cell without the words it rests on: two ways of saying "say" do not differ. */
function bare(cell: string): string {
  return cell.replace(/: “.*|\(“.*/, "");
}

const none: Cells = { Who: "", "To whom": "", What: "", Number: "", When: "", Where: "" };

function cells(shown: Shown | null): Cells {
  if (!shown) return none;
  const e = shown.entry;
  const name = (ids: ID[]) => ids.map((id) => shown.names[id] ?? "somebody").join(", ");
  switch (e.kind) {
    case "statement":
      return { ...none, Who: name(e.item.source), "To whom": name(e.item.addressee), What: plain(e.item.act) + (e.item.cue ? ": “" + e.item.cue.text + "”" : ""), When: time(e.item.said_at) };
    case "event":
      return { ...none, Who: name(e.item.actors), "To whom": name(e.item.recipients), What: [plain(e.item.type), plain(e.item.status)].join(", "), When: time(e.item.when), Where: name(e.item.where) };
    case "figure":
      return { ...none, Who: name(e.item.asserted_by.filter((id) => shown.names[id])), What: e.item.of, Number: amount(e.item), When: time(e.item.when), Where: name(e.item.where) };
    case "contact":
      return { ...none, Who: name(e.item.participants), What: [plain(e.item.kind), plain(e.item.status)].join(", "), When: time(e.item.when), Where: name(e.item.where) };
    case "commitment":
      return { ...none, Who: name(e.item.by), "To whom": name(e.item.to), What: e.item.action, When: e.item.due ? "due " + time(e.item.due) : "" };
    default:
      return none;
  }
}

function time(t: Time | null): string {
  if (!t) return "";
  const resolved = between(t.start, t.end);
  return resolved ? resolved + (t.text ? " (“" + t.text + "”)" : "") : t.text;
}

/** A contradiction with those that say the same of copies of the same reports. */
export interface Group {
  first: Linked;
  copies: Linked[];
}

/** groups gathers links whose reason is the same word for word: reprints of one report give one contradiction. */
export function groups(links: Linked[]): Group[] {
  const found = new Map<string, Group>();
  for (const one of links) {
    const key = one.link.type + "\n" + one.link.reason;
    const group = found.get(key);
    if (group) group.copies.push(one);
    else found.set(key, { first: one, copies: [] });
  }
  return [...found.values()];
}


/** sentence is what stands before and after the words, to the ends of their sentence. */
export function sentence(trace: Trace): { before: string; after: string } {
  const start = trace.before.split(/(?<=[.!?]["”’)]*)\s+|\n/u).at(-1) ?? "";
  const end = trace.after.split(/(?<=[.!?]["”’)]*)\s|\n/u)[0] ?? "";
  return { before: start, after: end };
}
