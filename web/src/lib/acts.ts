// Acts of speech in seven families, each with a sign and a colour, so that neither has to be told alone.

export type Family = "says" | "denies" | "thinks" | "warns" | "promises" | "asks" | "judges";

export const families: { [F in Family]: { name: string; sign: string; acts: string[] } } = {
  says: { name: "says", sign: "“", acts: ["say", "claim", "announce", "report", "confirm", "acknowledge"] },
  denies: { name: "denies", sign: "≠", acts: ["deny", "reject"] },
  thinks: { name: "thinks", sign: "~", acts: ["estimate", "expect", "believe", "hope", "fear", "doubt"] },
  warns: { name: "warns", sign: "!", acts: ["warn", "threaten"] },
  promises: { name: "promises", sign: "+", acts: ["pledge", "intend", "agree", "offer"] },
  asks: { name: "asks", sign: "?", acts: ["propose", "request", "demand", "ask"] },
  judges: { name: "judges", sign: "§", acts: ["accuse", "criticise", "praise"] },
};

const byAct = new Map(Object.entries(families).flatMap(([family, f]) => f.acts.map((act) => [act, family as Family] as const)));

/** familyOf is the family of an act; what is not known counts as saying. */
export function familyOf(act: string): Family {
  return byAct.get(act) ?? "says";
}

/** acts are all acts, family by family. */
export const acts: string[] = Object.values(families).flatMap((f) => f.acts);

/** The act as a word after a speaker: "Ruiz denies". */
export function verb(act: string): string {
  return { deny: "denies", say: "says", reject: "rejects" }[act] ?? (/(s|sh|ch)$/.test(act) ? act + "es" : act + "s");
}
