// What a rule can choose from, in plain words.

import { acts } from "../../lib/acts";
import { words } from "../../lib/format";
import { typeNames } from "../contradictions/sides";

interface Group { name: string; options: { value: string; name: string }[] }

/** What is done, by type of event. */
const deeds: { [type: string]: string } = {
  ASSAULT: "uses armed force", MOBILIZE: "readies forces", COERCE: "represses, detains, seizes", SANCTION: "cuts ties or punishes", THREATEN: "threatens", PROTEST: "protests",
  REJECT: "refuses", ACCUSE: "accuses, investigates", REQUEST: "asks or demands", RETREAT: "withdraws, releases, stands down", AID: "gives material help", COOPERATE: "works together",
  CONCEDE: "gives way", SUPPORT: "gives political support", CONSULT: "meets, calls, talks", AGREE: "agrees to something",
};

export const labels: Group[] = [
  { name: "What is said", options: acts.map((act) => ({ value: act, name: act })) },
  { name: "What is done", options: Object.entries(deeds).map(([type, meaning]) => ({ value: type, name: `${words(type)}: ${meaning}` })) },
];

/** Contradictions inside one article have no type, and stand under none. */
export const conflicts: Group[] = [
  { name: "Between articles", options: Object.entries(typeNames).filter(([type]) => type !== "stated").map(([type, name]) => ({ value: type, name: words(name) })) },
];

export const entries: Group[] = [
  { name: "What is found", options: ["statement", "event", "commitment", "contact", "figure", "agreement"].map((kind) => ({ value: kind, name: kind + "s" })) },
];
