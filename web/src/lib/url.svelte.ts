// The address is the state: path and query, read by pages and changed only through here.

import { arrive } from "./focus";

class Address {
  path = $state(location.pathname);
  search = $state(location.search);
  hash = $state(location.hash);
  query = $derived(new URLSearchParams(this.search));

  /** get is one value of the query, or "" where there is none. */
  get(name: string): string {
    return this.query.get(name) ?? "";
  }

  all(name: string): string[] {
    return this.query.getAll(name);
  }

  /** with is the address with some values changed ("", null and [] take one out). A change of filters starts at the first page. */
  with(changes: Changes, path = this.path): string {
    const query = new URLSearchParams(this.search);
    if (!("cursor" in changes)) query.delete("cursor");
    for (const [name, value] of Object.entries(changes)) {
      query.delete(name);
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== null && one !== undefined && one !== "" && one !== false) query.append(name, String(one));
      }
    }
    const text = query.toString();
    return path + (text ? "?" + text : "");
  }

  /** set changes values of the query in place; replace leaves no step in the history, for text that is being typed. */
  set(changes: Changes, opt: { replace?: boolean } = {}): void {
    this.go(this.with(changes), { ...opt, keepScroll: true });
  }

  /** toggle adds a value to a repeated parameter or takes it out. */
  toggle(name: string, value: string): void {
    const now = this.all(name);
    this.set({ [name]: now.includes(value) ? now.filter((v) => v !== value) : [...now, value] });
  }

  go(href: string, opt: { replace?: boolean; keepScroll?: boolean } = {}): void {
    const to = new URL(href, location.href);
    if (to.origin !== location.origin) return;
    const samePage = to.pathname === this.path;
    history[opt.replace ? "replaceState" : "pushState"](null, "", to);
    this.read();
    if (!opt.keepScroll && !to.hash) scrollTo(0, 0);
    if (!samePage) arrive();
  }

  read(): void {
    this.path = location.pathname;
    this.search = location.search;
    this.hash = location.hash;
  }
}

export type Changes = { [name: string]: string | number | boolean | null | undefined | string[] };

export const url = new Address();

/** start lets the browser's buttons and plain links work without loading the program again. */
export function start(isPage: (path: string) => boolean): void {
  addEventListener("popstate", () => {
    const before = url.path;
    url.read();
    if (url.path !== before) arrive();
  });
  addEventListener("hashchange", () => url.read());
  document.addEventListener("click", (click) => {
    const link = (click.target as Element | null)?.closest?.("a");
    if (!link || click.defaultPrevented || click.button !== 0 || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
    if (link.target || link.hasAttribute("download") || link.origin !== location.origin || !isPage(link.pathname)) return;
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    click.preventDefault();
    url.go(link.href);
  });
}
