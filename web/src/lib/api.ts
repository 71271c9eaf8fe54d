// The API as pages use it: addresses under /api/v1 as its description writes them, which says what may be asked and what comes
// back; problems are errors. Caching is the browser's (ETag).

import { live } from "./live.svelte";
import type { paths } from "./openapi";
import type { Decision, Judgement } from "./types";

/** A Problem is an error the server explains (RFC 9457), or one of reaching it (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
  ) {
    super(detail || title);
  }
}

/** problemOf is what went wrong as a Problem. */
export function problemOf(err: unknown, title = "This page met an error"): Problem {
  return err instanceof Problem ? err : new Problem(0, title, String(err));
}

type Method = "get" | "post" | "put" | "patch" | "delete";

/** Path is an address that can be asked with a method: "archives/{archive}/statements". */
export type Path<M extends Method = "get"> = {
  [P in keyof paths]: P extends `/api/v1/${infer Rest}` ? (paths[P][M] extends { responses: unknown } ? Rest : never) : never;
}[keyof paths];
type Operation<M extends Method, P extends Path<M>> = paths[`/api/v1/${P}` & keyof paths][M];

type PathParams<O> = O extends { parameters: { path: infer V } } ? V : unknown;
/** A value of the query may stand in a page's address, where all is text; what is empty is not sent. */
type Given<V> = (V extends readonly unknown[] ? string | string[] : string | V) | null | undefined | false;
type Query<O> = O extends { parameters: { query?: infer V } } ? ([NonNullable<V>] extends [never] ? unknown : { [N in keyof NonNullable<V>]?: Given<NonNullable<V>[N]> }) : unknown;

/** Params are what stands in an address in braces, and its query. */
export type Params<P extends Path<M>, M extends Method = "get"> = object & PathParams<Operation<M, P>> & Query<Operation<M, P>>;
type JSONOf<R> = R extends { content: { "application/json": infer A } } ? A : never;
export type Answer<P extends Path<M>, M extends Method = "get"> = Operation<M, P> extends { responses: infer R } ? JSONOf<R[keyof R & (200 | 201)]> : never;
export type Body<P extends Path<M>, M extends Method> = Operation<M, P> extends { requestBody: { content: { "application/json": infer B } } } ? B : undefined;

/** get asks; more is a query as it stands in the address of a page. */
export function get<P extends Path>(path: P, params: Params<P>, opt: { more?: URLSearchParams; signal?: AbortSignal } = {}): Promise<Answer<P>> {
  return send("GET", address(path, params, opt.more), undefined, opt.signal);
}

export function post<P extends Path<"post">>(path: P, params: Params<P, "post">, body: Body<P, "post">): Promise<Answer<P, "post">> {
  return send("POST", address(path, params), body);
}

export function put<P extends Path<"put">>(path: P, params: Params<P, "put">, body: Body<P, "put">): Promise<Answer<P, "put">> {
  return send("PUT", address(path, params), body);
}

export function patch<P extends Path<"patch">>(path: P, params: Params<P, "patch">, body: Body<P, "patch">): Promise<Answer<P, "patch">> {
  return send("PATCH", address(path, params), body);
}

export function del<P extends Path<"delete">>(path: P, params: Params<P, "delete">): Promise<Answer<P, "delete">> {
  return send("DELETE", address(path, params));
}

/** decide appends a decision to an archive's log, which wants a reason; a press of a button has none to give. */
export async function decide(archive: string, decision: Omit<Decision, "why"> & { why?: string }): Promise<Judgement> {
  const made = await post("archives/{archive}/decisions", { archive }, { ...decision, why: decision.why?.trim() || "no reason given" });
  live.decided(made);
  return made;
}

/** apiURL is where something of the API lies, for links to download. */
export function apiURL<P extends Path>(path: P, params: Params<P>, more?: URLSearchParams): string {
  return "/api/v1/" + address(path, params, more);
}

async function send<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: { [name: string]: string } = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer: Response;
  try {
    answer = await fetch("/api/v1/" + path, { method, headers, signal, credentials: "same-origin", body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (err) {
    if (signal?.aborted) throw err;
    throw new Problem(0, "The server cannot be reached", "Check that Parley is running, then try again.");
  }
  if (!answer.ok) throw await explained(answer);
  return answer.json();
}

async function explained(answer: Response): Promise<Problem> {
  try {
    const said = await answer.json();
    const fields = (said.errors ?? []).map((e: { message?: string; location?: string }) => [e.location, e.message].filter(Boolean).join(": "));
    return new Problem(answer.status, said.title || answer.statusText, [said.detail, ...fields].filter(Boolean).join(" · "));
  } catch {
    return new Problem(answer.status, answer.statusText || "Error " + answer.status, "");
  }
}

/** What only pages know: how they show a list, not what is in it. The API refuses parameters it does not know. */
export const ofPages = ["view", "due", "axis", "scale"];

/** address puts parameters where they belong: into the braces of a path, and the others behind it. */
export function address(path: string, params: object, more?: URLSearchParams): string {
  const query = new URLSearchParams(more);
  const inPath: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(params)) {
    if (path.includes(`{${name}}`)) {
      inPath[name] = encodeURIComponent(String(value));
      continue;
    }
    query.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "" && one !== false) query.append(name, String(one));
    }
  }
  for (const name of ofPages) query.delete(name);
  const text = query.toString();
  return path.replace(/\{(\w+)\}/g, (_, name: string) => inPath[name] ?? "") + (text ? "?" + text : "");
}
