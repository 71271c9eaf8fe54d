// Contacts: the matrix by keyboard, both sides' accounts of one call, the graph and the list.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { accessible, open, settled, shoot, wide } from "./lib.mjs";

let desk;
let pair; // the two presidents of the example crisis
before(async () => {
  desk = await open();
  const { cells } = await api("contacts/matrix");
  pair = cells.find((c) => c.kinds.call);
});
after(async () => {
  await desk?.close();
});

const api = async (path) => (await fetch(`${desk.url}/api/v1/archives/crisis/${path}`)).json();
const address = (more = "") => `contacts?actor=${pair.a}&actor=${pair.b}${more}`;

describe("contacts", () => {
  test("the matrix is one tab stop; arrows move, Enter opens a pair", async () => {
    const page = await desk.page("contacts");
    const cells = page.getByRole("grid").locator("button");
    assert.equal(await cells.and(page.locator("[tabindex='0']")).count(), 1);
    await cells.and(page.locator("[tabindex='0']")).focus();
    await page.keyboard.press("Control+Home");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.at), "0,0");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.at), "1,1");
    await page.keyboard.press("ArrowLeft");
    const label = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    assert.match(label, /.+ and .+: /);
    const met = cells.and(page.locator("[aria-pressed]")).first();
    await met.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/actor=.*&actor=/);
    await page.waitForFunction(() => document.activeElement?.id === "pair");
    await page.context().close();
  });

  test("a cell counts what the API counts", async () => {
    const { actors, cells } = await api("contacts/matrix");
    const page = await desk.page("contacts");
    const nameOf = (id) => actors.find((a) => a.id === id).name;
    for (const c of cells) {
      const button = page.getByRole("grid").getByRole("button", { name: `${nameOf(c.a)} and ${nameOf(c.b)}:` });
      assert.equal((await button.textContent()).trim(), String(c.count));
    }
    await page.context().close();
  });

  test("each side's account stands beside the other's, with what the other leaves out", async () => {
    const page = await desk.page(address());
    const columns = page.locator(".sides > section");
    await columns.nth(1).locator("blockquote").first().waitFor();
    const [left, right] = [await columns.nth(0).textContent(), await columns.nth(1).textContent()];
    assert.ok(left.includes("Zambian presidency") && right.includes("Malawian presidency"), left + right);
    assert.match(left, /The other account does not mention it/);
    assert.match(left + right, /The other account puts it otherwise/);
    await page.context().close();
  });

  test("graph and list are addresses too", async () => {
    const page = await desk.page(address("&view=graph"));
    await page.locator("[role=img] canvas").waitFor();
    await page.getByRole("link", { name: "List" }).click();
    await page.waitForURL(/view=list/);
    await settled(page);
    assert.ok((await page.locator("main article.entry").count()) > 0);
    await page.context().close();
  });

  test("the graph bears being left, resized and recoloured while it is drawn", async () => {
    const page = await desk.page("contacts?view=graph");
    const go = (to) => page.evaluate((to) => {
      const link = document.createElement("a");
      link.href = to;
      document.querySelector("main").append(link);
      link.click();
      link.remove();
    }, "/crisis/" + to);
    for (let i = 0; i < 100; i++) {
      await go(["contacts?view=graph", "figures", "contacts?view=graph", "contacts", "contacts?view=graph", "ceasefire/gaborone-truce", "statements"][i % 7]);
      if (i % 3 === 0) await page.setViewportSize({ width: 900 + ((i * 37) % 400), height: 800 });
      if (i % 4 === 1) await page.emulateMedia({ colorScheme: i % 8 === 1 ? "dark" : "light" });
      await page.mouse.move(400 + ((i * 71) % 500), 300 + ((i * 53) % 300));
      await page.waitForTimeout((i * 31) % 70);
    }
    await go("contacts?view=graph");
    await page.locator("[role=img] canvas").waitFor();
    await page.context().close();
    desk.faults.splice(0, desk.faults.length, ...desk.faults.filter((f) => !f.includes("404"))); // drafts of ceasefires have other names
    assert.deepEqual(desk.faults, []);
  });

  test("no serious violation, at both widths", async () => {
    for (const path of ["contacts", address(), address("&view=graph"), "contacts?view=list"]) {
      for (const opt of [{}, { width: 390, dark: true }]) {
        const page = await desk.page(path, opt);
        assert.deepEqual(await accessible(page), [], path);
        assert.equal(await wide(page), 0, path);
        await page.context().close();
      }
    }
  });

  test("pictures", async () => {
    await shoot(desk, address(), "contacts");
    await shoot(desk, "contacts?view=graph", "contacts-graph");
  });

  test("nothing in the console, and nobody else asked", () => assert.deepEqual(desk.faults, []));
});
