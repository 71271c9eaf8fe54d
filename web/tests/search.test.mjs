// Search, for words and by meaning, over the example crisis.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { accessible, open, settled, shoot, wide } from "./lib.mjs";

let desk;
let like; // an entry whose sentence others are close to, or nothing where the model gives no meanings
const api = async (path) => (await fetch(`${desk.url}/api/v1/archives/crisis/${path}`)).json();

before(async () => {
  desk = await open();
  for (const { entry } of (await api("statements?limit=100")).entries) {
    const { near } = await api(`search?by=meaning&like=${entry.id}`);
    if (near?.articles.length) {
      like = { entry, near };
      break;
    }
  }
});
after(async () => {
  await desk?.close();
});

describe("search", () => {
  test("words find entries while they are typed, and the address keeps them", async () => {
    const page = await desk.page("search");
    await page.locator("#q").fill("shelling");
    await page.waitForURL(/q=shelling/);
    await page.locator("main article.entry").first().waitFor();
    await page.getByRole("link", { name: "This meaning" }).click();
    await page.waitForURL(/q=shelling.*by=meaning|by=meaning.*q=shelling/);
    await page.getByText("What a sentence should say").waitFor();
    await page.getByRole("link", { name: "These words" }).click();
    await page.locator("main article.entry").first().waitFor();
    await page.context().close();
  });

  test("by meaning it explains itself, at every width", async () => {
    for (const width of [1280, 390]) {
      const page = await desk.page("search?by=meaning", { width });
      await page.getByText("not that they agree").waitFor();
      assert.equal(await wide(page), 0);
      assert.deepEqual(await accessible(page), []);
      await page.context().close();
    }
  });

  test("an entry leads to sentences like its own, with exact words", async (t) => {
    if (!like) return t.skip("the model gives no meanings");
    const page = await desk.page(`entry/${like.entry.id}`);
    await page.getByRole("link", { name: "Find similar" }).click();
    await page.waitForURL(/by=meaning&like=/);
    await settled(page);
    assert.deepEqual(desk.faults, []); // the page that was left asks for nothing more
    const found = await page.locator("main .sentence > blockquote").allTextContents();
    assert.deepEqual(found, like.near.articles.flatMap((a) => a.sentences.map((s) => s.text)));
    const article = await api(`articles/${like.near.articles[0].article.id}`);
    const [from, to] = like.near.articles[0].sentences[0].span;
    assert.equal([...article.article.text].slice(from, to).join(""), found[0]);
    const inside = page.locator("main .sentence details").first();
    if (await inside.count()) {
      await inside.locator("summary").focus();
      await page.keyboard.press("Enter");
      await inside.locator("article.entry").first().waitFor();
    }
    assert.deepEqual(await accessible(page), []);
    const csv = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
    const table = await (await fetch(desk.url + csv)).text();
    assert.match(table, /^article,start,end,text,closeness/);
    await page.context().close();
    await shoot(desk, `search?by=meaning&like=${like.entry.id}`, "search-meaning");
  });

  test("no page met an error", () => assert.deepEqual(desk.faults, []));
});
