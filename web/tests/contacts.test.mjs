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
