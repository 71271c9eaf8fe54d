// The shapes the API speaks, by the names pages call them. They are made from the API's own description ("npm run types"), and
// the tests of the server hold every answer against it. Spans are code points, half-open; times are RFC 3339.

import type { components } from "./openapi";

export type Schemas = components["schemas"];

export type ID = string;
export type Span = [number, number];
export type Words = Schemas["Words"];
export type Time = Schemas["RecordTime"];

export type Article = Schemas["Article"];
export type Record = Schemas["Record"];
export type Actor = Schemas["Actor"];
export type Statement = Schemas["Statement"];
export type Contact = Schemas["Contact"];

/** Entry is one item of an archive; its kind says what its item is. */
export type Entry = Schemas["Entry"];
export type Kind = Entry["kind"];
export type EntryOf<K extends Kind> = Extract<Entry, { kind: K }>;
export type Verdict = "" | NonNullable<Entry["verdict"]>;

export type Shown = Schemas["Shown"];
export type Link = Schemas["Link"];
/** Linked is a link with its sides; a side that was erased, or that nothing was found for, is null. */
export type Linked = Schemas["Linked"];
export type Passage = Schemas["Passage"];
export type Judgement = Schemas["Judgement"];
export type Decision = Schemas["Decision"];
/** Choice is one thing that can be decided: a verb of the log, with its value where it has one. */
export interface Choice { verb: Decision["verb"]; value?: string; name: string; hint?: string }
export type Identity = Schemas["Identity"];
export type Trace = Schemas["Trace"];

export type Me = Schemas["Me"];
export type Role = Me["role"][string];
/** User is somebody with an account; the name "public" is whoever has none. */
export type User = Schemas["User"];
export type ArchiveInfo = Schemas["Summary"];
/** ArticleView is an article with everything its page shows; an erased one has no record. */
export type ArticleView = Schemas["ArticleShown"];
/** ReadArticle is one that was not erased. */
export type ReadArticle = ArticleView & { record: Record };
export type Counted = Schemas["Counted"];
export type ActorView = Schemas["DeskActor"];
export type PromiseShown = Schemas["Promise"];
export type CeasefireState = Schemas["Ceasefire"];
export type SeriesPoint = Schemas["Point"];
export type Series = Schemas["Series"];
export type Matrix = Schemas["Matrix"];
