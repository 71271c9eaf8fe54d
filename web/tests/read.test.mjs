// The pages one reads: the list of archives, today, articles, an article, actors, search. Run over the real program.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessible, open, settled, shoot, shots, wide } from "./lib.mjs";

let desk;
let article;
let actor;

before(async () => {
  desk = await open();
  const get = async (path) => (await fetch(`${desk.url}/api/v1/archives/crisis/${path}`)).json();
  article = (await get("articles?limit=500")).articles.find((a) => a.title.startsWith("Malawi agrees to free soldiers"));
  actor = (await get("actors?name=Kalua")).actors[0];
});
after(() => desk?.close());

test("every page fits at both widths, in both themes, without serious violations", async () => {
  const pages = {
    landing: "/", today: "today", "today-all": "today?since=1970-01-01", articles: "articles", article: "article/" + article.id, actors: "actors",
    actor: "actors/" + actor.id, search: "search?q=truce", nothing: "search?q=zeppelin", events: "events", account: "/account",
  };
  for (const [name, path] of Object.entries(pages)) {
    await shoot(desk, path, name, async (page, { width, dark }) => {
      assert.equal(await wide(page), 0, `${name} is wider than ${width} pixels`);
      assert.deepEqual(await accessible(page), [], `${name}, ${width}, ${dark ? "dark" : "light"}`);
    });
  }
});

test("the first page is small and quick", async () => {
  const page = await desk.page("/crisis/today");
  const sizes = await page.evaluate(() => performance.getEntriesByType("resource").map((r) => [r.name, r.encodedBodySize]));
  const scripts = sizes.filter(([name]) => /\.(js|css|svg)$/.test(name));
  const total = scripts.reduce((sum, [, size]) => sum + size, 0);
  assert.ok(total > 0 && total < 300_000, `${total} bytes of scripts and styles`);
  const usable = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0);
  console.log(`first page: ${total} bytes of scripts and styles, first paint after ${Math.round(usable)} ms`);
});

test("the text of an article is exactly the text that was kept", async () => {
  const page = await desk.page("article/" + article.id);
  const { article: kept } = await (await fetch(`${desk.url}/api/v1/archives/crisis/articles/${article.id}`)).json();
  const shown = await page.locator(".text p:not(.origin)").allTextContents();
  assert.deepEqual(shown, kept.text.split("\n").filter((line) => line.trim()));
});

test("a statement's marks stand on its words, and focus shows who said it to whom through whom", async () => {
  const page = await desk.page("article/" + article.id);
  const { record } = await (await fetch(`${desk.url}/api/v1/archives/crisis/articles/${article.id}`)).json();
  for (const stmt of record.statements) {
    const marked = (await page.locator(`mark.content[data-item="${stmt.id}"]`).allTextContents()).join("");
    assert.equal(marked.replace(/\s+/g, ""), stmt.content.map((c) => c.text).join("").replace(/\s+/g, ""), stmt.id);
  }
  const stmt = record.statements.find((s) => s.via.length > 0);
  await page.locator(`mark.first[data-item="${stmt.id}"]`).focus();
  const note = page.locator(`#note-${stmt.id}`);
  assert.match(await note.getAttribute("class"), /\blit\b/);
  const names = Object.fromEntries(record.actors.map((a) => [a.id, a.name]));
  const chain = await note.locator(".chain li").allTextContents();
  assert.deepEqual(chain, [stmt.source.map((id) => names[id]).join(", "), ...stmt.via.map((id) => names[id]), "this page"]);
  assert.ok(await note.isVisible());
});

test("an article is read by keyboard", async () => {
  const page = await desk.page("article/" + article.id);
  const at = async (other) => (await page.waitForFunction((not) => { const id = document.activeElement?.getAttribute("data-item"); return id && id !== not && id; }, other)).jsonValue();
  await page.keyboard.press("j");
  const first = await at("");
  await page.keyboard.press("j");
  const second = await at(first);
  assert.notEqual(first, second);
  await page.keyboard.press("k");
  assert.equal(await at(second), first);
  await page.keyboard.press("?");
  assert.ok(await page.getByRole("dialog").isVisible());
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await page.waitForURL(/\/crisis\/actors$/);
});

test("on a small screen a touched statement tells in a card who says it", async () => {
  const page = await desk.page("article/" + article.id, { width: 390, height: 844 });
  await page.locator("mark.first").nth(1).click();
  const note = page.locator(".margin .lit");
  assert.ok(await note.isVisible());
  const box = await note.boundingBox();
  assert.ok(Math.abs(box.y + box.height - 844) < 2, "the card stands at the foot of the screen");
  await note.getByRole("button", { name: "Close" }).click();
  await page.locator(".margin .lit").waitFor({ state: "detached" });
});

test("accepting a statement draws it solid, goes to the log, and can be undone", async () => {
  const page = await desk.page("article/" + article.id);
  const mark = page.locator("mark.first").first();
  const id = await mark.getAttribute("data-item");
  assert.match(await mark.evaluate((el) => getComputedStyle(el).borderBottomStyle), /dashed/);
  await mark.focus();
  await page.locator(`#note-${id}`).getByRole("button", { name: "Accept" }).click();
  await page.getByText("Accepted", { exact: true }).first().waitFor();
  assert.match(await mark.evaluate((el) => getComputedStyle(el).borderBottomStyle), /solid/);
  const log = async () => (await (await fetch(`${desk.url}/api/v1/archives/crisis/decisions?subject=${id}&oldest=true&limit=500`)).json()).decisions.map((d) => d.verb);
  assert.deepEqual((await log()).slice(-1), ["confirm"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Decision taken back").waitFor();
  assert.deepEqual((await log()).slice(-1), ["clear"]);
  assert.match(await mark.evaluate((el) => getComputedStyle(el).borderBottomStyle), /dashed/);
});

test("the receipt is checked again when asked", async () => {
  const page = await desk.page("article/" + article.id);
  await page.getByText("Unchanged since it was taken in").waitFor();
  const [answer] = await Promise.all([page.waitForResponse(/receipt$/), page.getByRole("button", { name: "Verify now" }).click()]);
  assert.ok(answer.ok());
  await page.getByText(article.raw_hash).waitFor();
});

test("an address with an entry behind # opens the article at it", async () => {
  const { record } = await (await fetch(`${desk.url}/api/v1/archives/crisis/articles/${article.id}`)).json();
  const stmt = record.statements.at(-1);
  const page = await desk.page(`article/${article.id}#${stmt.id}`);
  await page.locator(`#note-${stmt.id}.lit`).waitFor();
  assert.ok(await page.locator(`mark.first[data-item="${stmt.id}"]`).evaluate((el) => el.getBoundingClientRect().top < innerHeight));
});

test("marks can be hidden, and the address keeps that", async () => {
  const page = await desk.page("article/" + article.id);
  const before = await page.locator("mark.says").count();
  await page.getByRole("button", { name: /^“?\s*says/ }).click();
  assert.ok(before > 0 && (await page.locator("mark.says").count()) === 0);
  await page.reload();
  await settled(page);
  assert.equal(await page.locator("mark.says").count(), 0);
});

test("filters stand in the address, which is a permalink, and go back", async () => {
  const page = await desk.page("articles");
  await page.getByLabel("Words of title or text").fill("cholera");
  await page.waitForURL(/text=cholera/);
  await page.getByText("Cholera kills nine").waitFor();
  const same = await desk.page("articles?text=cholera");
  const all = await desk.page("articles");
  const counts = await Promise.all([page, same, all].map((p) => p.locator("[data-entry]").count()));
  assert.equal(counts[0], counts[1]);
  assert.ok(counts[0] < counts[2]);
  await page.locator("[data-entry] a").first().click();
  await page.waitForURL(/\/article\/d-/);
  await page.goBack();
  await page.waitForURL(/text=cholera/);
  assert.equal(await page.getByLabel("Words of title or text").inputValue(), "cholera");
});

test("what I have seen is not new any more", async () => {
  const page = await desk.page("today");
  assert.ok((await page.locator("[data-entry]").count()) > 0);
  await page.getByRole("button", { name: "I have seen this" }).click();
  await page.getByText(/when you last said/).waitFor();
  const me = await (await fetch(`${desk.url}/api/v1/me`)).json();
  const left = await (await fetch(`${desk.url}/api/v1/archives/crisis/today?since=${me.seen.crisis}`)).json();
  assert.deepEqual(left.counts, {}, "what was seen is still new");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText(/in the 24 hours before the last article came in/).waitFor();
});

test("an actor's counts lead to lists of that length", async () => {
  const page = await desk.page("actors/" + actor.id);
  const links = page.locator(".ledgers a");
  for (let i = 0; i < (await links.count()); i++) {
    const counted = Number((await links.nth(i).locator("b").textContent()).replaceAll(",", ""));
    const href = new URL(await links.nth(i).getAttribute("href"), desk.url);
    const list = await (await fetch(`${desk.url}/api/v1/archives/crisis/${href.pathname.split("/")[2]}${href.search}&limit=500`)).json();
    assert.equal(list.entries.length, counted, href.href);
  }
  await page.getByLabel("Topic").fill("truce");
  await page.waitForURL(/q=truce/);
});

test("two actors can be decided to be one, with a reason, and then are", async () => {
  const get = async (name) => (await (await fetch(`${desk.url}/api/v1/archives/crisis/actors?name=${name}`)).json()).actors;
  const [one] = await get("Tembo");
  const [other] = await get("Mumba");
  const page = await desk.page("actors/" + one.id);
  const form = page.locator("form", { hasText: "The same as another actor" });
  await form.getByLabel("Name of the other").fill("Mumba");
  await form.getByLabel("Which one").selectOption(other.id);
  await form.getByLabel("Reason").fill("a test says so");
  await form.getByRole("button").click();
  await page.getByText("Decided: they are one").waitFor();
  const { decisions } = await (await fetch(`${desk.url}/api/v1/archives/crisis/decisions?verb=merge&oldest=true&limit=500`)).json();
  assert.deepEqual([decisions.at(-1).subject, decisions.at(-1).object, decisions.at(-1).why], [one.id, other.id, "a test says so"]);
});

test("a search finds actors, entries and articles", async () => {
  const page = await desk.page("search");
  await page.locator("#q").fill("Kalua");
  await page.getByRole("heading", { name: "Actors" }).waitFor();
  await page.getByRole("heading", { name: "In the record" }).waitFor();
  await page.locator("section", { hasText: "Actors" }).getByRole("link").first().click();
  await page.waitForURL(/\/actors\/i-/);
});

test("the theme can be changed and is kept", async () => {
  const page = await desk.page("today");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "Dark" }).click();
  const dark = await ground();
  assert.notEqual(light, dark);
  await page.reload();
  assert.equal(await ground(), dark);
});

test("every page gives its data, as it is shown", async () => {
  const paths = ["today", "review", "articles", "statements?q=shelling", "events", "commitments", "contradictions", "contradictions?view=inside", "figures", "contacts", "contacts?view=list", "ceasefire", "actors", "search?q=border", "decisions"];
  for (const path of paths) {
    const page = await desk.page(path);
    for (const [name, type] of [["JSON", "application/json"], ["CSV", "text/csv"]]) {
      const href = await page.getByRole("link", { name, exact: true }).getAttribute("href");
      const answer = await fetch(new URL(href, desk.url));
      assert.equal(answer.status, 200, `${href}: ${await answer.text()}`);
      assert.ok(answer.headers.get("content-type").startsWith(type), href);
    }
    await page.context().close();
  }
});

test("on paper an article is dark on white, has who says what with the words, and nothing to press", async () => {
  const page = await desk.page("article/" + article.id, { dark: true });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  assert.equal(await page.locator("main").getByRole("button", { name: /Accept|Reject|Unsure/ }).count(), 0);
  const note = page.locator(".margin [data-note]").first();
  assert.ok(await note.isVisible());
  assert.ok((await note.locator(".words").textContent()).length > 5);
  await page.pdf({ path: join(shots, "article.pdf"), format: "A4" });
});

test("a page that is not there says so", async () => {
  const page = await desk.browser.newPage();
  await page.goto(desk.url + "/crisis/zeppelins/none");
  await page.getByText("There is no such page").waitFor();
  await page.close();
});

test("no page broke the content security policy, met an error, or asked another host", () => {
  assert.deepEqual(desk.faults, []);
});
