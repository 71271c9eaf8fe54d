// Articles that mean harm: markup in titles, names and texts, addresses that are scripts, marks that turn the direction of
// writing, a title without end. They are shown as what they are, text, and break neither page nor policy.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { open, parley, wide } from "./lib.mjs";

const markup = `<script>window.harmed = 1</script><img src=x onerror="window.harmed = 2">`;
const rtl = "\u202egnp.exe\u202c";
const text = `Minister Ana Duro said on Monday that ${markup} would be withdrawn. "We deny {{7*7}} \${7*7} it," she told reporters ${rtl}.

The ministry said =HYPERLINK("http://evil.example") was false. ${"x".repeat(4000)}`;
const stories = [
  { title: `Truce ${markup}`, publisher: `<b>Paper</b> ${rtl}`, url: "javascript:window.harmed=3", date: "2025-03-03", authors: [`"><svg onload=window.harmed=4>`], text },
  { title: "Endless ".repeat(1_300_000), publisher: "Long Post", url: "https://long.example/a", date: "2025-03-04", text: "Ana Duro said the truce holds." },
];

let dir;
let desk;
let articles;

before(async () => {
  dir = mkdtempSync(join(tmpdir(), "parley-hostile-"));
  writeFileSync(join(dir, "stories.jsonl"), stories.map((s) => JSON.stringify(s)).join("\n"));
  process.env.PARLEY_ARCHIVE = join(dir, "crisis.parley");
  execFileSync(parley, ["ingest", process.env.PARLEY_ARCHIVE, join(dir, "stories.jsonl"), "--max-mb=40"], { stdio: ["ignore", "ignore", "inherit"] });
  desk = await open();
  articles = (await (await fetch(`${desk.url}/api/v1/archives/crisis/articles`)).json()).articles;
});
after(async () => {
  await desk?.close();
  if (dir) rmSync(dir, { recursive: true, force: true });
});

test("hostile words are only words, on every page that shows them", async () => {
  assert.ok(articles.length > 0);
  const paths = ["today?since=1970-01-01", "articles", "statements", "actors", "search?q=truce", "search?q=" + encodeURIComponent(markup), "review", ...articles.map((a) => "article/" + a.id)];
  for (const path of paths) {
    const page = await desk.page(path);
    page.on("dialog", () => assert.fail("a dialog on " + path));
    assert.equal(await page.evaluate(() => globalThis.harmed), undefined, path);
    assert.deepEqual(await page.locator("a").evaluateAll((all) => all.map((a) => a.protocol).filter((p) => !/^https?:$/.test(p))), [], path);
    assert.equal(await wide(page), 0, path + " is too wide");
    await page.context().close();
  }
});

test("what was written stands there as it was written", async () => {
  const page = await desk.page("article/" + articles.find((a) => a.title.startsWith("Truce")).id);
  const shown = await page.locator(".text").textContent();
  assert.ok(shown.includes("{{7*7}} ${7*7}"), "braces stay braces");
  assert.ok(shown.includes(rtl), "marks of direction stay in the text");
  assert.ok((await page.locator("h1 bdi").count()) > 0, "and turn nothing outside it");
});

test("no page broke the content security policy, met an error, or asked another host", () => {
  assert.deepEqual(desk.faults, []);
});
