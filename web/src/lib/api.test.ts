import { afterEach, expect, test, vi } from "vitest";
import { address, type Answer, get, type Params, Problem } from "./api";

afterEach(() => vi.unstubAllGlobals());

test("what stands in braces goes into the path, the rest behind it", () => {
  expect(address("archives/{archive}/entries/{id}", { archive: "a b", id: "s-1/2" })).toBe("archives/a%20b/entries/s-1%2F2");
  expect(address("archives/{archive}/statements", { archive: "c", q: "", actor: ["i-1", "Ana Ruiz"], limit: 5, all: false, cursor: null })).toBe(
    "archives/c/statements?actor=i-1&actor=Ana+Ruiz&limit=5",
  );
});

test("a page's own address is a query, without what only pages know; what is said beside it counts", () => {
  const page = new URLSearchParams("view=time&q=truce&actor=i-1&limit=9");
  expect(address("archives/{archive}/statements", { archive: "c", limit: 500 }, page)).toBe("archives/c/statements?q=truce&actor=i-1&limit=500");
  expect(page.get("view")).toBe("time");
});

test("the description of the API says what can be asked, and what comes back", () => {
  const right: Params<"archives/{archive}/statements"> = { archive: "c", actor: "i-1", min_confidence: "0.5" };
  // @ts-expect-error the archive is needed
  const without: Params<"archives/{archive}/statements"> = { q: "truce" };
  // @ts-expect-error no such parameter
  const wrong: Params<"archives/{archive}/statements"> = { archive: "c", speaker: "i-1" };
  // @ts-expect-error no such address
  const nowhere = () => get("archives/{archive}/sayings", { archive: "c" });
  const entry = (page: Answer<"archives/{archive}/statements">) => page.entries[0]?.entry;
  const act = (e: ReturnType<typeof entry>) => (e?.kind === "statement" ? e.item.act : e?.kind === "figure" ? e.item.unit : "");
  expect([right, without, wrong].length + act(undefined).length).toBe(3);
  expect(nowhere).toBeTypeOf("function");
});

test("a refusal is a problem with what the server says of it", async () => {
  const said = { title: "Unprocessable Entity", detail: "the request cannot be answered as it is", errors: [{ location: "query.from", message: "no time" }] };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(said), { status: 422, headers: { "Content-Type": "application/problem+json" } }));
  const err = await get("archives/{archive}/statements", { archive: "c", from: "soon" }).catch((e: unknown) => e);
  expect(err).toBeInstanceOf(Problem);
  expect(err).toMatchObject({ status: 422, detail: "the request cannot be answered as it is · query.from: no time" });
});
