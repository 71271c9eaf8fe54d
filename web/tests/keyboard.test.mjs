// Every page by keyboard alone: Tab goes through everything, a page begins at its heading, dialogs keep the keyboard and give it
// back, and the keys can be listed everywhere. Run over the real program.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, open, settled } from "./lib.mjs";

let desk;
let article;

before(async () => {
  desk = await open();
  article = (await (await fetch(`${desk.url}/api/v1/archives/crisis/articles?limit=1`)).json()).articles[0].id;
});
after(() => desk?.close());

const pages = () => ["/", "/account", "/alerts", ...["today", "review", "articles", "article/" + article, "statements", "events", "commitments", "contradictions", "figures", "contacts", "ceasefire", "actors", "search", "decisions"].map((p) => "/crisis/" + p)];
const focused = (page) => page.evaluate(() => document.activeElement?.tagName + " " + (document.activeElement?.textContent ?? "").trim().slice(0, 60));

test("Tab goes through every page, each step can be seen, and none is a trap", async () => {
  for (const path of pages()) {
    const page = await desk.page(path);
    await page.locator("a").first().focus();
    const seen = [];
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const el = document.activeElement;
        if (!el || el === document.body) return null;
        const style = getComputedStyle(el);
        const box = el.getBoundingClientRect();
        el.dataset.step ??= String((globalThis.steps = (globalThis.steps ?? 0) + 1));
        return { step: el.dataset.step, what: `${el.tagName} ${(el.textContent ?? "").trim().slice(0, 30)}`, ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1, size: box.width * box.height };
      });
      if (!at) break;
      assert.ok(at.ring, `${path}: ${at.what} does not show that it has the focus`);
      assert.ok(at.size > 0, `${path}: ${at.what} has the focus and cannot be seen`);
      if (at.step === seen.at(-1)) continue; // a date has steps of its own
      assert.ok(!seen.includes(at.step) || seen[0] === at.step, `${path}: the keyboard comes back to ${at.what} before the end`);
      seen.push(at.step);
    }
    assert.ok(seen.length > 3, `${path}: ${seen.length} steps`);
    await page.context().close();
  }
});

test("a page that is gone to begins at its heading, whichever way one goes", async () => {
  const page = await desk.page("today");
  const heading = (name) => page.waitForFunction((n) => document.activeElement?.tagName === "H1" && document.activeElement.textContent.trim() === n, name, { timeout: 10000 });
  for (const [key, name] of [["s", "Statements"], ["a", "Articles"], ["k", "Contacts"], ["t", "Today"], ["x", "Contradictions"]]) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await heading(name);
  }
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Figures" }).press("Enter");
  await heading("Figures");
  await page.goBack();
  await heading("Contradictions");
  await page.keyboard.press("Tab");
  assert.match(await focused(page), /^(A|BUTTON) /, "Tab goes on inside the page");
  assert.ok(await page.evaluate(() => document.getElementById("main").contains(document.activeElement)));
});

test("the first step of a page leads past the navigation", async () => {
  const page = await desk.page("articles");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "A Skip to the page");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.getElementById("main").contains(document.activeElement)));
});

test("the keys are listed on every page; the list keeps the keyboard and gives it back", async () => {
  for (const path of [...pages(), "/crisis/zeppelin", "/nowhere/today"]) {
    const page = await desk.browser.newPage({ reducedMotion: "reduce" });
    await page.goto(desk.url + path);
    await settled(page);
    const start = page.locator("a:visible, button:visible").last();
    await start.focus();
    const before = await focused(page);
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keys on this page" });
    await dialog.waitFor();
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement === document.body || document.querySelector("dialog[open]").contains(document.activeElement)), `${path}: the keyboard leaves the list`);
    }
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.equal(await focused(page), before, path);
    await page.close();
  }
});

test("a key can be given another key, and the first one again", async () => {
  const page = await desk.page("statements");
  await page.keyboard.press("?");
  await page.getByRole("button", { name: "Choose another key for: Next entry" }).press("Enter");
  await page.keyboard.press("n");
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  assert.match(await page.evaluate(() => document.activeElement.dataset.entry ?? ""), /^s-/);
  await page.keyboard.press("?");
  await page.getByRole("button", { name: "The first key again for: Next entry" }).press("Enter");
  await page.keyboard.press("Escape");
  const before = await page.evaluate(() => document.activeElement.dataset.entry);
  await page.keyboard.press("n");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.entry), before);
});

test("an address that leads nowhere says so under a heading, beside an archive that is there", async () => {
  for (const [path, heading] of [["/crisis/zeppelin", "There is no such page"], ["/nowhere/today", "There is no archive called nowhere"]]) {
    const page = await desk.browser.newPage();
    await page.goto(desk.url + path);
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    assert.equal(await page.locator('a[href^="/nowhere"]').count(), 0);
    assert.ok((await page.getByRole("link", { name: "crisis" }).count()) > 0);
    assert.match(await page.title(), /^Not found/);
    assert.deepEqual(await accessible(page), []);
    await page.close();
  }
});

test("no page broke the content security policy, met an error, or asked another host", () => {
  assert.deepEqual(desk.faults, []);
});
