// A tiny router over the History API: the first pattern that fits wins; ":name" takes one part of the path.

import type { Component } from "svelte";

export interface Route {
  path: string;
  title: string;
  /** The page, which takes the path's parameters under the names that the path has for them. */
  page: () => Promise<{ default: Component<never> }>;
  /** A page of no archive: no navigation beside it. */
  bare?: boolean;
}

export interface Match {
  route: Route;
  params: { [name: string]: string };
}

export function match(routes: Route[], path: string): Match | null {
  const parts = split(path);
  for (const route of routes) {
    const params = fit(split(route.path), parts);
    if (params) return { route, params };
  }
  return null;
}

function fit(pattern: string[], parts: string[]): { [name: string]: string } | null {
  if (pattern.length !== parts.length) return null;
  const params: { [name: string]: string } = {};
  for (const [i, want] of pattern.entries()) {
    const have = parts[i]!;
    if (!want.startsWith(":")) {
      if (want !== have) return null;
      continue;
    }
    const value = decode(have);
    if (!value) return null;
    params[want.slice(1)] = value;
  }
  return params;
}

function split(path: string): string[] {
  return path.split("/").filter(Boolean);
}

// What would lead elsewhere as part of the API's address fits nothing.
function decode(part: string): string {
  try {
    const value = decodeURIComponent(part);
    return value === "." || value === ".." || /[/\\]/.test(value) ? "" : value;
  } catch {
    return "";
  }
}
