// Ceasefires: the state and why, the days by keyboard, every sentence with its notes, series, map, and what does not count.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { accessible, open, root, settled, shoot, wide } from "./lib.mjs";

const id = "gaborone-truce";
let desk;
let report;
before(async () => {
  desk = await open("--ceasefire", join(root, "testdata", "crisis", "ceasefire.yaml"));
  report = await (await fetch(`${desk.url}/api/v1/archives/crisis/ceasefires/${id}`)).json();
});
after(async () => {
  await desk?.close();
});

describe("ceasefires", () => {
  test("the list leads to each with its state in words", async () => {
    const page = await desk.page("ceasefire");
    const card = page.locator("main li", { hasText: report.agreement.name });
    assert.match(await card.textContent(), /Broken/);
    await card.getByRole("link").click();
    await page.waitForURL(`**/ceasefire/${id}`);
    await settled(page);
    await page.context().close();
  });

  test("state, since when, and every sentence of the brief with notes that lead to words", async () => {
    const page = await desk.page(`ceasefire/${id}`);
    assert.match(await page.locator(".state").textContent(), /Broken.*since/s);
    const sentences = page.locator(".brief li");
    assert.equal(await sentences.count(), report.brief.filter((s) => s.kind !== "state").length);
    for (const s of await sentences.all()) assert.ok((await s.locator("a[href^='#note-']").count()) > 0, await s.textContent());
    for (const href of await page.locator(".brief a").evaluateAll((all) => all.map((a) => a.getAttribute("href")))) {
      assert.equal(await page.locator(href).count(), 1, href);
    }
    assert.ok((await page.locator(".notes a[href*='/article/d-']").count()) > 0);
    await page.context().close();
  });

  test("the limits stand beside the state, and every word is explained there", async () => {
    const page = await desk.page(`ceasefire/${id}`);
    const limits = await page.locator(".state table").innerText();
    assert.match(limits, /violations\s+from 10 a day.*from 100 a day/s);
    await page.locator(".state summary").click();
    for (const word of ["Holding", "Strained", "Broken", "Not enough reports", "Usual level", "Easing"]) {
      await page.locator(".state dt", { hasText: word }).waitFor();
    }
    const text = await page.locator("main").innerText();
    assert.doesNotMatch(text, /\b(series|baseline|severe|raised|recommitment|floor)\b/i);
    await page.context().close();
  });

  test("days by keyboard: the day is in the address, its brief follows", async () => {
    const page = await desk.page(`ceasefire/${id}`);
    const days = page.locator(".strip button");
    assert.equal(await days.count(), report.days.length);
    await days.last().focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`day=${report.days[1].day}`));
    await page.locator("#brief", { hasText: "11 Sep" }).waitFor();
    assert.equal(await page.locator(".strip [aria-current=date]").count(), 1);
    await page.context().close();
  });

  test("a series has a chart and a table; days without a report have no row", async () => {
    const page = await desk.page(`ceasefire/${id}`);
    const reported = report.series.filter((s) => s.points?.length);
    await page.waitForFunction((n) => document.querySelectorAll(".multiples figure canvas").length === n, reported.length);
    for (const figure of await page.locator(".multiples figure").all()) assert.match(await figure.locator(".now").textContent(), /Holding|Strained|Broken|Not enough reports/);
    const table = page.locator(".multiples details").first();
    await table.locator("summary").focus();
    await page.keyboard.press("Enter");
    await table.locator("tbody tr").first().waitFor();
    assert.equal(await table.locator("tbody tr").count(), reported[0].points.length);
    assert.match(await page.locator(".multiples [role=img]").first().getAttribute("aria-label"), /without a report/);
    await page.context().close();
  });

  test("the map shows the agreement's places, also those nobody reported on, and says so in a table", async () => {
    const page = await desk.page(`ceasefire/${id}`);
    await page.locator("section[aria-labelledby=map] canvas").waitFor();
    const table = await page.locator("section[aria-labelledby=map] tbody").textContent();
    for (const place of report.agreement.area.places) assert.ok(table.includes(place), place);
    await page.context().close();
  });

  test("claims stand apart, and the rule is there in words", async () => {
    const page = await desk.page(`ceasefire/${id}`);
    assert.equal(await page.locator(".apart li").count(), Math.min(10, report.claims.length));
    assert.match(await page.locator("main").textContent(), /changes the state/);
    for (const line of report.rule) assert.ok((await page.locator(".rule").first().textContent()).includes(line));
    await page.context().close();
  });

  test("no serious violation, at both widths", async () => {
    for (const path of ["ceasefire", `ceasefire/${id}`]) {
      for (const opt of [{}, { width: 390, dark: true }]) {
        const page = await desk.page(path, opt);
        assert.deepEqual(await accessible(page), [], path);
        assert.equal(await wide(page), 0, path);
        await page.context().close();
      }
    }
  });

  test("pictures", async () => {
    await shoot(desk, `ceasefire/${id}`, "ceasefire");
    await shoot(desk, "ceasefire", "ceasefires");
  });

  test("nothing in the console, and nobody else asked", () => assert.deepEqual(desk.faults, []));
});
