// How quick the pages are over a large archive: the one that PARLEY_BIG names, served where it lies ("make web-big" makes one
// of 100,000 articles). Today opens three times over a server and a browser that were just started, and the quickest counts,
// since others may use the machine; then every page opens once, in a browser that has seen nothing. Usable is when the first
// rows stand there and the last answer has come. Bars: 300 kB for the first page over the wire, a second for each page.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { after, test } from "node:test";
import { faultless, launch, serveAt, shots } from "./lib.mjs";

const big = process.env.PARLEY_BIG;
const skip = big ? false : "PARLEY_BIG names no archive: make web-big";
const name = big ? basename(big).replace(/\.[^.]*$/, "") : "";
const mostBytes = 300_000;
const mostMillis = Number(process.env.PARLEY_BAR ?? 1000);
const tries = 3;
const desks = [];
after(() => Promise.all(desks.map((d) => d.close())));

async function begin() {
  const desk = await serveAt(big);
  desks.push(desk);
  return desk;
}

/** measure opens a page in a browser that has seen nothing, and says after how many milliseconds it was usable, and what came over the wire. */
async function measure(browser, desk, path) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const faults = faultless(page, desk.url);
  const wire = await context.newCDPSession(page);
  let bytes = 0;
  wire.on("Network.loadingFinished", (e) => (bytes += e.encodedDataLength));
  await wire.send("Network.enable");
  await page.addInitScript(() => {
    const rows = "main li, main tr, main [data-entry], main canvas, main .empty";
    const look = () => {
      const there = document.querySelector("h1") && !document.querySelector(".loading, [aria-busy=true]") && document.querySelector(rows);
      if (there) globalThis.rowsAt ??= performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(`${desk.url}/${name}/${path}`, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.rowsAt, undefined, { timeout: 60_000 });
  await page.waitForFunction(() => {
    const last = Math.max(...performance.getEntriesByType("resource").map((r) => r.responseEnd));
    return performance.now() - last > 500; // nothing more is asked for
  });
  const usable = await page.evaluate(() => {
    const ends = performance.getEntriesByType("resource").filter((r) => !r.name.endsWith("/stream")).map((r) => r.responseEnd);
    return Math.round(Math.max(globalThis.rowsAt, ...ends));
  });
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `big-${path.replace(/\W+/g, "-")}.png`) });
  await context.close();
  return { usable, bytes, faults };
}

test("the first page of a server just started", { skip, timeout: 600_000 }, async () => {
  const all = [];
  for (let i = 0; i < tries; i++) {
    const desk = await begin();
    const browser = await launch();
    all.push(await measure(browser, desk, "today"));
    await browser.close();
    await desk.close();
  }
  const best = all.reduce((a, b) => (b.usable < a.usable ? b : a));
  console.log(`today, first: usable after ${all.map((m) => m.usable).join(", ")} ms, ${best.bytes} bytes over the wire`);
  assert.deepEqual(best.faults, []);
  assert.ok(best.bytes > 0 && best.bytes <= mostBytes, `${best.bytes} bytes came over the wire, more than ${mostBytes}`);
  assert.ok(best.usable <= mostMillis, `usable after ${best.usable} ms, later than ${mostMillis}`);
});

test("every page", { skip, timeout: 600_000 }, async () => {
  const desk = await begin();
  const browser = await launch();
  const late = [];
  for (const path of ["today?since=1970-01-01", "articles", "statements", "statements?view=time", "events", "commitments", "contradictions", "figures", "contacts", "contacts?view=graph",
    "ceasefire", "review", "actors", "search?q=said", "decisions"]) {
    const { usable, bytes, faults } = await measure(browser, desk, path);
    console.log(`${path}: usable after ${usable} ms, ${bytes} bytes`);
    if (usable > mostMillis) late.push(`${path} after ${usable} ms`);
    assert.deepEqual(faults, [], path);
  }
  await browser.close();
  assert.deepEqual(late, [], `later than ${mostMillis} ms`);
});
