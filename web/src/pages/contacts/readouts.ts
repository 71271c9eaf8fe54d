import type { Actor, Article, Contact, ID, Linked, ReadArticle, Record, Statement } from "../../lib/types";

export type Side = "a" | "b" | "other";

/** Told is a statement in an article about a contact: whose side it comes from, and what the other side's account lacks. */
export interface Told {
  statement: Statement;
  article: Article;
  /** From the speaker over everybody who relayed it. */
  chain: string[];
  side: Side;
  /** The side is that of the article's account, because nothing says the speaker's country. */
  guessed: boolean;
  /** It is part of the account; else it is something else that side says in the article. */
  account: boolean;
  /** Links to what the other side says instead, or does not say. */
  links: Linked[];
}

/** readoutTypes are the kinds of contradiction that compare two accounts of one contact. */
export const readoutTypes = ["omission", "strength", "denial", "opposite", "number", "time", "place"];

/** readouts sorts the statements of articles that tell of a contact between two actors by whose side tells them. */
export function readouts(views: ReadArticle[], a: ID, b: ID): Told[] {
  return views.flatMap((view) => new Reading(view, a, b).told());
}

class Reading {
  private readonly actors: Map<ID, Actor>;
  private readonly countries: { a: Set<string>; b: Set<string> };
  private readonly contacts: Contact[];
  private readonly account: { teller: ID | undefined; side: Side };

  constructor(
    private readonly view: ReadArticle,
    private readonly a: ID,
    private readonly b: ID,
  ) {
    const rec = view.record;
    this.actors = new Map(rec.actors.map((actor) => [actor.id, actor]));
    this.countries = { a: this.countriesOf(a), b: this.countriesOf(b) };
    this.contacts = rec.contacts.filter((c) => [a, b].every((id) => c.participants.some((p) => this.identity(p) === id)));
    this.account = this.accountOf(rec);
  }

  told(): Told[] {
    if (this.contacts.length === 0) return [];
    const holders = new Set(this.view.record.statements.map((s) => s.reported_in).filter((id) => id !== null));
    // A statement that only holds another is told by the chain of the inner one.
    return this.view.record.statements.filter((s) => !holders.has(s.id) || this.linksOf(s.id).length > 0).map((s) => this.one(s));
  }

  private one(s: Statement): Told {
    const teller = this.actors.get(tellerOf(s) ?? "");
    const known = this.sideOf(teller);
    const guessed =
      known === "other" &&
      !!teller &&
      teller.sector === "GOV" &&
      ["person", "office"].includes(teller.kind) &&
      !teller.country &&
      this.account.side !== "other";
    const links = this.linksOf(s.id);
    const side = guessed ? this.account.side : known;
    const own = !!teller && [this.a, this.b, this.identity(this.account.teller ?? "")].includes(this.identity(teller.id));
    return {
      statement: s,
      article: this.view.article,
      chain: this.chain(s),
      side,
      guessed,
      account: side !== "other" && (own || guessed || links.length > 0 || this.tellsOf(s)),
      links,
    };
  }

  private accountOf(rec: Record): { teller: ID | undefined; side: Side } {
    const teller = this.contacts
      .map((c) => rec.statements.find((s) => s.id === c.asserted_by))
      .map((s) => s && tellerOf(s))
      .find((id) => id !== undefined);
    return { teller, side: this.sideOf(this.actors.get(teller ?? "")) };
  }

  private sideOf(actor: Actor | undefined): Side {
    if (!actor) return "other";
    if (this.identity(actor.id) === this.a) return "a";
    if (this.identity(actor.id) === this.b) return "b";
    if (!["GOV", "MIL", "SPY", "LEG", "COP"].includes(actor.sector) || !actor.country) return "other";
    const [inA, inB] = [this.countries.a.has(actor.country), this.countries.b.has(actor.country)];
    if (inA === inB) return "other"; // of neither, or both are of one country
    return inA ? "a" : "b";
  }

  private countriesOf(id: ID): Set<string> {
    return new Set(this.view.record.actors.filter((actor) => this.identity(actor.id) === id && actor.country).map((actor) => actor.country));
  }

  private identity(actor: ID): ID {
    return this.view.identities[actor] ?? actor;
  }

  private linksOf(id: ID): Linked[] {
    return this.view.links.filter(
      (l) => l.link.kind === "contradiction" && readoutTypes.includes(l.link.type) && (l.link.a === id || l.link.b === id),
    );
  }

  /** tellsOf says whether a statement's words hold a mention of the contact. */
  private tellsOf(s: Statement): boolean {
    return this.contacts.some((c) => c.spans.some(([from, to]) => s.span[0] <= from && to <= s.span[1]));
  }

  private chain(s: Statement): string[] {
    const nameOf = (id: ID) => this.actors.get(id)?.name ?? id;
    const source = s.source.length > 0 ? s.source.map(nameOf).join(" and ") : "not named";
    return [source, ...s.via.map(nameOf)];
  }
}

/** tellerOf is who tells the page: the last who relayed it, else the speaker. */
function tellerOf(s: Statement): ID | undefined {
  return s.via.at(-1) ?? s.source[0];
}
