// What others change while a page is open: new articles, decisions. The page says so and moves nothing until it is asked. Run over
// the real program, into whose archive articles are taken while it serves it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessible, open, parley, shots, wide } from "./lib.mjs";

let desk;
let articles = 0;

before(async () => {
  desk = await open();
});
after(() => desk?.close());

/** ingest takes an article with one statement into the archive that is served. */
function ingest(words) {
  const path = join(desk.dir, `late-${articles++}.html`);
  writeFileSync(path, `<html><head><title>Late news ${articles}</title><meta property="article:published_time" content="2031-05-0${articles}T08:00:00Z"></head>
    <body><article><p>MAKOLE — Foreign Minister Ruth Banda said on Friday that ${words}.</p></article></body></html>`);
  execFileSync(parley, ["ingest", join(desk.dir, "crisis.parley"), path], { stdio: "ignore" });
}

const bar = (page) => page.locator(".news button");
const decide = (subject, verb) =>
  fetch(`${desk.url}/api/v1/archives/crisis/decisions`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ verb, subject, why: "a colleague" }) });
const streamed = (page) => page.waitForRequest(/\/stream/, { timeout: 10000 });

test("a new article is told of, and shown when one asks for it", async () => {
  const page = await desk.page("statements");
  await streamed(page);
  const before = await page.locator("[data-entry]").evaluateAll((all) => all.map((el) => [el.dataset.entry, el.getBoundingClientRect().top]));
  ingest("the border at Chilumba would open again within a month");
  await bar(page).waitFor({ timeout: 20000 });
  assert.match(await bar(page).textContent(), /^1 new statement Show$/);
  const still = await page.locator("[data-entry]").evaluateAll((all) => all.map((el) => [el.dataset.entry, el.getBoundingClientRect().top]));
  assert.deepEqual(still, before, "something moved before it was asked for");
  assert.deepEqual(await accessible(page), []);
  await page.screenshot({ path: join(shots, "news-1280.png") });
  await bar(page).focus();
  await page.keyboard.press("Enter");
  await page.getByText("the border at Chilumba would open again").first().waitFor();
  assert.equal(await bar(page).count(), 0);
  const focused = await page.evaluate(() => document.activeElement?.textContent ?? "");
  assert.match(focused, /Chilumba/, "the keyboard goes on at what is new");
  await page.context().close();
});

test("today, articles and the article page tell of news in their own words; a filter keeps others' news away", async () => {
  const pages = await Promise.all(["today?since=1970-01-01", "articles", "statements?q=zeppelin"].map((path) => desk.page(path, { width: 390, height: 844 })));
  await Promise.all(pages.map((p) => p.waitForTimeout(3000)));
  ingest("no convoy would cross the bridge before the talks");
  await Promise.all(pages.slice(0, 2).map((p) => bar(p).waitFor({ timeout: 20000 })));
  assert.match(await bar(pages[0]).textContent(), /^\d+ new entr(y|ies)/);
  assert.match(await bar(pages[1]).textContent(), /^1 new article Show$/);
  assert.equal(await bar(pages[2]).count(), 0);
  assert.equal(await wide(pages[0]), 0);
  await pages[0].screenshot({ path: join(shots, "news-390.png") });
  await Promise.all(pages.map((p) => p.context().close()));
});

test("a colleague's decision is told of; one's own is not", async () => {
  const page = await desk.page("statements");
  await streamed(page);
  const ids = await page.locator("[data-entry]").evaluateAll((all) => all.map((el) => el.dataset.entry));
  await page.locator(`#entry-${ids[0]}`).getByRole("button", { name: "Accept" }).click();
  await page.getByText("Accepted", { exact: true }).first().waitFor();
  await page.waitForTimeout(4000);
  assert.equal(await bar(page).count(), 0, "one's own decision is no news");
  await decide(ids[1], "reject");
  await bar(page).waitFor({ timeout: 20000 });
  assert.match(await bar(page).textContent(), /^1 changed Show$/);
  await bar(page).click();
  await page.locator(`#entry-${ids[1]}`).getByRole("button", { name: "Rejected" }).waitFor();
  await page.context().close();
});

test("an article that is open tells of a decision on what it holds", async () => {
  const { entries } = await (await fetch(`${desk.url}/api/v1/archives/crisis/statements?limit=5`)).json();
  const page = await desk.page("article/" + entries[3].entry.article);
  await streamed(page);
  await decide(entries[3].entry.id, "confirm");
  await bar(page).waitFor({ timeout: 20000 });
  await bar(page).click();
  const mark = page.locator(`mark.first[data-item="${entries[3].entry.id}"]`);
  await page.waitForFunction((el) => getComputedStyle(el).borderBottomStyle === "solid", await mark.elementHandle());
  await page.context().close();
});

test("the queue gets what has arrived at its end; nobody loses their place", async () => {
  const page = await desk.page("review?kind=statement");
  await page.waitForTimeout(3000);
  const place = await page.locator(".current [data-entry]").getAttribute("data-entry");
  ingest("the army would never leave the hills above Karonga");
  await page.waitForTimeout(6000);
  assert.equal(await page.locator(".current [data-entry]").getAttribute("data-entry"), place);
  await page.context().close();
});

test("all pages of a tab share one stream; a tab that is not seen has none", async () => {
  const page = await desk.page("statements");
  const open = new Set();
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  session.on("Network.requestWillBeSent", (e) => /\/stream/.test(e.request.url) && open.add(e.requestId));
  session.on("Network.loadingFailed", (e) => open.delete(e.requestId));
  session.on("Network.loadingFinished", (e) => open.delete(e.requestId));
  await page.waitForTimeout(3000);
  for (const name of ["Events", "Articles", "Today"]) {
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name, exact: true }).click();
    await page.getByRole("heading", { name, level: 1 }).waitFor();
  }
  await page.waitForTimeout(3000);
  assert.equal(open.size, 1);
  const see = (state) => page.evaluate((s) => { Object.defineProperty(document, "visibilityState", { value: s, configurable: true }); document.dispatchEvent(new Event("visibilitychange")); }, state);
  await see("hidden");
  await page.waitForTimeout(500);
  assert.equal(open.size, 0);
  await see("visible");
  await page.waitForTimeout(1000);
  assert.equal(open.size, 1);
  await page.context().close();
});

test("a stream that is refused is let be", async () => {
  const page = await desk.page("events");
  await page.route(/\/stream/, (route) => route.fulfill({ status: 429, body: "{}" }));
  await page.reload();
  let asked = 0;
  page.on("request", (r) => /\/stream/.test(r.url()) && asked++);
  await page.waitForTimeout(9000);
  assert.ok(asked >= 1 && asked <= 2, `asked ${asked} times in nine seconds`);
  assert.ok(await page.locator("[data-entry]").first().isVisible());
  desk.faults.splice(0, desk.faults.length, ...desk.faults.filter((f) => !/429/.test(f)));
  await page.context().close();
});

test("no page broke the content security policy, met an error, or asked another host", () => {
  assert.deepEqual(desk.faults, []);
});
