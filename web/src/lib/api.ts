// The API as pages use it: paths under /api/v1, JSON in and out, problems as errors. Caching is the browser's (ETag).

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

export type Params = { [name: string]: string | number | boolean | null | undefined | string[] } | URLSearchParams;

export function get<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> {
  return send<T>("GET", withParams(path, params), undefined, signal);
}

export const post = <T>(path: string, body?: unknown): Promise<T> => send<T>("POST", path, body);
export const put = <T>(path: string, body?: unknown): Promise<T> => send<T>("PUT", path, body);
export const patch = <T>(path: string, body?: unknown): Promise<T> => send<T>("PATCH", path, body);
export const del = <T>(path: string, body?: unknown): Promise<T> => send<T>("DELETE", path, body);

/** inArchive is the API's path of something in an archive. */
export function inArchive(archive: string, ...parts: string[]): string {
  return ["archives", archive, ...parts].map(encodeURIComponent).join("/").replaceAll("%2F", "/");
}

/** decide appends a decision to an archive's log, which wants a reason; a press of a button has none to give. */
export function decide(archive: string, decision: Decision): Promise<Judgement> {
  return post(inArchive(archive, "decisions"), { ...decision, why: decision.why?.trim() || "no reason given" });
}

/** apiURL is where a path of the API lies, for links to download. */
export function apiURL(path: string, params: Params = {}): string {
  return "/api/v1/" + withParams(path, params);
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
  if (!answer.ok) throw await problemOf(answer);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    const said = await answer.json();
    const fields = (said.errors ?? []).map((e: { message?: string; location?: string }) => [e.location, e.message].filter(Boolean).join(": "));
    return new Problem(answer.status, said.title || answer.statusText, [said.detail, ...fields].filter(Boolean).join(" · "));
  } catch {
    return new Problem(answer.status, answer.statusText || "Error " + answer.status, "");
  }
}

/** What only pages know: how they show a list, not what is in it. The API refuses parameters it does not know. */
export const ofPages = ["view", "due"];

function withParams(path: string, params: Params): string {
  const query = new URLSearchParams(params instanceof URLSearchParams ? params : undefined);
  if (!(params instanceof URLSearchParams)) {
    for (const [name, value] of Object.entries(params)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== null && one !== undefined && one !== "" && one !== false) query.append(name, String(one));
      }
    }
  }
  for (const name of ofPages) query.delete(name);
  const text = query.toString();
  return path + (text ? "?" + text : "");
}
