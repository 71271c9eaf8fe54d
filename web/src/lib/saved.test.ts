import { describe, expect, it } from "vitest";
import { addressOf, inWords, nameOf, pageIn, queryOf, termsOf } from "./saved";

const ruiz = "i-abcdef123456";
const names = new Map([[ruiz, "Ana Ruiz"]]);
const asked = (text: string) => new URLSearchParams(text);

describe("a list as a saved search", () => {
  it.each([
    ["statements", `q=truce&label=deny&label=reject&actor=${ruiz}&role=source&from=2025-09-01&view=time&cursor=x`, { kind: ["statement"], q: "truce", label: ["deny", "reject"], actor: [ruiz], role: "source", from: "2025-09-01" }, "Statements by Ana Ruiz: deny, reject, “truce”, from 1 Sept 2025"],
    ["commitments", "by=Nord&state=not_assessed&due=soon", { kind: ["commitment"], actor: ["Nord"], role: "by", status: ["not_assessed"] }, "Commitments by Nord: not assessed"],
    ["contradictions", "type=denial&verdict=none", { kind: ["contradiction"], label: ["denial"], verdict: "none" }, "Contradictions: denial, not judged yet"],
    ["contacts", `actor=${ruiz}&actor=i-zzzzzz123456`, { kind: ["contact"], actor: [ruiz, "i-zzzzzz123456"], role: "participant" }, "Contacts of Ana Ruiz, an actor of one article"],
    ["figures", "of=people+killed&scale=own", { kind: ["figure"], q: '"people killed"' }, "Figures: “people killed”"],
    ["events", "publisher=Kelm+Courier&publisher=Plaza&label=CALL", { kind: ["event"], label: ["CALL"], publisher: ["Kelm Courier", "Plaza"] }, "Events: call, printed by Kelm Courier, Plaza"],
    ["search", "q=pull+back", { q: "pull back" }, "Search: “pull back”"],
    ["events", "", { kind: ["event"] }, "Events"],
  ] as const)("%s?%s", (page, query, terms, name) => {
    expect(termsOf(page, asked(query))).toEqual(terms);
    expect(nameOf(page, termsOf(page, asked(query)), names)).toBe(name);
  });
  it("keeps the parameters of the page, from its first part", () => expect(queryOf(asked("q=a&view=time&cursor=x&limit=5"))).toBe("q=a&view=time"));
  it("knows which pages can be saved", () => expect(["/crisis/statements", "/crisis/review", "/crisis", "/alerts"].map(pageIn)).toEqual(["statements", undefined, undefined, undefined]));
  it("says days", () => expect(inWords({ from: "2025-09-01", to: "2025-09-03" }, names)).toBe("1 Sept 2025 – 3 Sept 2025"));
});

describe("where it is seen", () => {
  it("is the page it was saved on", () => expect(addressOf({ archive: "crisis", page: "contacts", query: "view=list", terms: { kind: ["contact"] } })).toBe("/crisis/contacts?view=list"));
  it("is the list of its kind without one", () => expect(addressOf({ archive: "crisis", terms: { kind: ["statement"], q: "truce" } })).toBe("/crisis/statements?q=truce"));
  it("is the search without a kind", () => expect(addressOf({ archive: "crisis", terms: {} })).toBe("/crisis/search"));
});
