// The shapes the API speaks, as docs/record.md and the archive define them. Spans are code points, half-open.

export type ID = string;
export type Span = [number, number];
export interface Words { text: string; span: Span }
export interface Time { text: string; span: Span; start: string | null; end: string | null }

export interface Document {
  id: ID; url: string; title: string; publisher: string; authors: string[]; published: string; dateline: string; language: string; credits: string[]; text?: string;
}
export interface Article extends Document {
  text_hash: string; raw_hash: string; media_type: string; location: string; fetched: string; guid?: string; known: string;
  state: "current" | "superseded" | "withdrawn" | "erased"; state_reason?: string; state_at?: string; superseded_by?: ID; reading: number;
}
export interface Actor {
  id: ID; name: string; kind: string; country: string; sector: string; role: string; part_of: ID | null; aliases: string[]; mentions: Span[]; same_as: string[]; why?: string;
}
export interface Place { id: ID; name: string; kind: string; country: string; lat: number | null; lon: number | null; same_as: string[]; mentions: Span[] }
export interface Statement {
  id: ID; source: ID[]; source_mention: Words | null; addressee: ID[]; via: ID[]; cue: Words | null; content: Words[]; act: string; quotation: string;
  said_at: Time | null; channel: string; reported_in: ID | null; span: Span; text: string; confidence: number; why?: string;
}
export interface EventItem {
  id: ID; type: string; mode: string; context: string[]; cameo: string; actors: ID[]; recipients: ID[]; trigger: Words; span: Span; text: string; status: string;
  when: Time | null; where: ID[]; asserted_by: ID | null; confidence: number; why?: string;
}
export interface Condition { kind: string; text: string; span: Span }
export interface Commitment {
  id: ID; by: ID[]; to: ID[]; action: string; span: Span; text: string; made_in: ID | null; conditions: Condition[]; due: Time | null; state: string; confidence: number; why?: string;
}
export interface Contact {
  id: ID; kind: string; participants: ID[]; status: string; when: Time | null; where: ID[]; duration: string; about: string; span: Span; text: string; spans: Span[];
  asserted_by: ID | null; confidence: number; why?: string;
}
export interface Figure {
  id: ID; value: number; high: number | null; bound: string; unit: string; of: string; where: ID[]; when: Time | null; span: Span; text: string; asserted_by: ID[]; why?: string;
}
export interface Contradiction { id: ID; a: ID; b: ID; basis: string; by: ID[]; reason: string; span: Span | null; text: string; confidence: number; why?: string }
export interface Agreement { id: ID; name: string; date: Time | null; parties: ID[]; terms: Words[]; mentions: Span[] }
export interface Notice { kind: string; span: Span | null; text: string }
export interface Record {
  parley: string; model: string; rules: string; document: Document; actors: Actor[]; places: Place[]; statements: Statement[]; events: EventItem[];
  commitments: Commitment[]; contacts: Contact[]; figures: Figure[]; contradictions: Contradiction[]; agreements: Agreement[]; notices: Notice[];
}

export interface Items {
  statement: Statement; event: EventItem; commitment: Commitment; contact: Contact; figure: Figure; contradiction: Contradiction; agreement: Agreement; actor: Actor; place: Place;
}
export type Kind = keyof Items;
export type Verdict = "" | "confirm" | "reject" | "doubt";

interface EntryBase {
  id: ID; article: ID; title: string; publisher: string; url: string; known: string; span: Span; text: string; label: string; status?: string;
  confidence: number; retired?: number; verdict?: Verdict;
}
/** Entry is one item of an archive; its kind says what its item is. */
export type Entry = { [K in Kind]: EntryBase & { kind: K; item: Items[K] } }[Kind];
export type EntryOf<K extends Kind> = Extract<Entry, { kind: K }>;

export interface Shown {
  entry: Entry; names: { [id: ID]: string }; who: { [id: ID]: ID }; chain: string[]; sides?: Shown[]; origins?: { articles: number; independent: number; labels: string[] }; why?: string;
}
export interface ShownPage { entries: Shown[]; next?: string }
export interface Link { id: ID; kind: string; type: string; a: ID; b: ID; reason: string; confidence: number; known: string; verdict?: Verdict }
/** Linked is a link with its sides; a side that was erased, or that nothing was found for, is null. */
export interface Linked { link: Link; a: Shown | null; b: Shown | null }
export interface LinkedPage { links: Linked[]; next?: string }
export interface Passage { article: ID; span: Span; origin: ID; label: string; basis: string; with?: ID; share: number; reason: string }
export interface Judgement {
  seq: number; at: string; who: string; verb: string; subject: ID; object?: ID; value?: string; why: string; evidence?: ID[]; prev: string; hash: string;
}
export interface Decision { verb: string; subject: ID; object?: ID; value?: string; why?: string; evidence?: ID[] }
export interface Identity { id: ID; name: string; kind: string; country: string; sector: string; same_as: string[]; aliases: string[]; members: number }
export interface Membership { actor: ID; identity: ID; reason: string; score: number }
export interface Trace {
  entry: Entry; words: string; before: string; after: string; chain: string[]; article: Article; model: string; rules: string; why?: string;
  origins: Passage[]; reporters: string[]; articles: number; links: Link[]; decisions: Judgement[];
}

export interface Me { name: string; role: { [archive: string]: Role }; local: boolean; seen: { [archive: string]: string } }
export type Role = "none" | "visitor" | "reader" | "contributor" | "reviewer" | "manager" | "admin";
export interface ArchiveInfo { name: string; articles: number; entries: number; from?: string; to?: string }
export interface ArticlePage { articles: Article[]; next?: string }
export interface ArticleView {
  article: Article; record: Record; passages: Passage[]; verdicts: { [id: ID]: Verdict }; identities: { [id: ID]: ID }; versions: Article[]; links: Linked[];
}
export interface Receipt {
  location: string; fetched: string; headers?: { [name: string]: string }; media_type: string; raw_hash: string; text_hash: string; bytes: number;
  verified: boolean; fault?: string; checked_at: string; decisions: Judgement[];
}
export interface Counted { id: ID; name: string; count: number }
export interface Facets {
  of: number; complete: boolean; speakers?: Counted[]; addressees?: Counted[]; labels?: Counted[]; origins?: Counted[]; publishers?: Counted[]; days?: { day: string; count: number }[];
}
export interface ActorPage { actors: Identity[]; next?: string }
export interface ActorView { identity: Identity; members: { membership: Membership; entry: Entry }[]; counts: { [role: string]: number }; complete: boolean }
export interface Found { articles: Article[]; entries: Shown[]; actors: Identity[] }
export interface PromiseShown { shown: Shown; state: string; due: Time | null; conditions: Condition[]; evidence: Linked[]; history: Judgement[] }
export interface CeasefireState { id: ID; name: string; parties: string[]; state: string; since: string; day: string }
export interface Today {
  since: string; now: string; counts: { [kind: string]: number }; complete: boolean; statements: Shown[]; due: PromiseShown[]; contradictions: Linked[]; figures: Shown[]; contacts: Shown[]; ceasefires: CeasefireState[];
}
export interface SeriesPoint { id: ID; value: number; high: number | null; bound: string; start: string | null; end: string | null; known: string; text: string; article: ID }
export interface Series { id: ID; of: string; unit: string; giver: string; giver_id: ID; points: SeriesPoint[] }
export interface Matrix {
  actors: { id: ID; name: string; kind: string }[]; cells: { a: ID; b: ID; count: number; kinds: { [kind: string]: number }; last: string }[];
}
