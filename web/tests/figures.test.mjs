// Figures: one small chart a series, and the same as a table.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { accessible, open, settled, shoot, wide } from "./lib.mjs";

let desk;
before(async () => (desk = await open()));
after(async () => {
  await desk?.close();
});

const api = async (path) => (await fetch(`${desk.url}/api/v1/archives/crisis/${path}`)).json();
const key = (s) => s.of.trim().toLowerCase() + (s.unit ? ` (${s.unit})` : "");

describe("figures", () => {
  test("a chart for each series of what is counted, and a row for each number with its words", async () => {
    const { series } = await api("figures/series");
    const of = key(series[0]);
    const alike = series.filter((s) => key(s) === of);
    const page = await desk.page(`figures?of=${encodeURIComponent(of)}`);
    await page.waitForFunction((n) => document.querySelectorAll("figure [role=img] canvas").length === n, alike.length);
    const points = alike.flatMap((s) => s.points);
    assert.equal(await page.locator("main tbody tr").count(), points.length);
    const table = await page.locator("main table").textContent();
    for (const p of points) assert.ok(table.includes(p.said ?? p.text), p.id);
    const href = await page.locator("main tbody a").first().getAttribute("href");
    assert.match(href, /^\/crisis\/article\/d-\w+#f-\w+$/);
    await page.context().close();
  });

  test("every chart has a name that says who, how many and from where to where", async () => {
    const page = await desk.page("figures");
    const names = await page.locator("figure [role=img]").evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    assert.ok(names.length > 0);
    for (const name of names) assert.match(name, /: \d+ numbers?, from \S+ to \S+/);
    await page.context().close();
  });

  test("what is counted is chosen by keyboard and stays in the address", async () => {
    const page = await desk.page("figures");
    const box = page.locator("fieldset", { hasText: "What is counted" }).getByRole("checkbox", { checked: false }).first();
    await box.focus();
    await page.keyboard.press("Space");
    await page.waitForURL(/[?&]of=.*&of=/);
    const shown = await page.locator("#counted").textContent();
    await page.reload();
    await settled(page);
    assert.equal(await page.locator("#counted").textContent(), shown);
    await page.context().close();
  });

  test("a page without charts does not load their engine", async () => {
    const page = await desk.page("statements");
    const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map((r) => r.name));
    assert.ok(loaded.some((name) => name.endsWith(".js")));
    assert.deepEqual(
      loaded.filter((name) => /engine|countries/.test(name)),
      [],
    );
    await page.context().close();
  });

  test("words narrow what is counted", async () => {
    const page = await desk.page("figures");
    await page.getByRole("searchbox", { name: "Words" }).fill("howitzers");
    await page.waitForURL(/q=howitzers/);
    await page.locator("#counted", { hasText: /howitzers/i }).waitFor();
    await page.context().close();
  });

  test("the axis begins where most numbers lie, and says how to see all", async () => {
    const page = await desk.page("figures?of=people");
    await page.route("**/figures/series*", async (route) => {
      const answer = await (await route.fetch()).json();
      const one = answer.series.find((s) => key(s) === "people");
      one.points.unshift({ ...one.points[0], id: "f-000000000000", start: "1994-05-01", end: "1994-05-01" });
      await route.fulfill({ json: answer });
    });
    await page.reload();
    const note = page.locator("[data-axis]");
    await note.waitFor();
    assert.match(await note.textContent(), /1 earlier number is not in it/);
    assert.match(await page.locator("figure", { hasText: "outside this time" }).first().textContent(), /1 outside this time/);
    await note.getByRole("link").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/axis=all/);
    assert.match(await note.textContent(), /reach over all times/);
    assert.equal(await page.locator("figure", { hasText: "outside this time" }).count(), 0);
    await page.unrouteAll({ behavior: "wait" }); // a last question may still be on its way
    await page.context().close();
  });

  test("the marks are really drawn, in light and dark", async () => {
    for (const dark of [false, true]) {
      const page = await desk.page("figures", { dark });
      const canvas = page.locator("figure canvas").first();
      await canvas.waitFor();
      const inked = await canvas.evaluate(
        (c) =>
          c
            .getContext("2d")
            .getImageData(0, 0, c.width, c.height)
            .data.filter((v, i) => i % 4 === 3 && v > 200).length,
      );
      assert.ok(inked > 100, `${inked} points of ink`);
      await page.context().close();
    }
  });

  test("no serious violation, at both widths", async () => {
    for (const opt of [{}, { width: 390, dark: true }]) {
      const page = await desk.page("figures", opt);
      assert.deepEqual(await accessible(page), []);
      assert.equal(await wide(page), 0);
      await page.context().close();
    }
  });

  test("pictures", async () => {
    await shoot(desk, "figures", "figures");
  });

  test("nothing in the console, and nobody else asked", () => assert.deepEqual(desk.faults, []));
});
