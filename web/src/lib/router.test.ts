import { describe, expect, it } from "vitest";
import { match, type Route } from "./router";

const routes = [{ path: "/:archive/entry/:id", title: "Entry", page: () => Promise.reject() }] as Route[];

describe("addresses of pages", () => {
  it("gives the parts", () => expect(match(routes, "/crisis/entry/s-1%20a")?.params).toEqual({ archive: "crisis", id: "s-1 a" }));
  it.each(["/crisis/entry/..", "/crisis/entry/%2e%2e", "/crisis/entry/..%2F..%2Fusers", "/..%5Cx/entry/s-1", "/crisis/entry/%zz"])("%s leads nowhere", (path) =>
    expect(match(routes, path)).toBeNull(),
  );
});
