// The review queue by keyboard alone: no test here clicks.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible, open, settled, shoot, wide } from "./lib.mjs";

let desk;
before(async () => (desk = await open()));
after(async () => {
  await desk?.close();
});

const current = (page) => page.locator(".current [data-entry]").getAttribute("data-entry");
const told = (page) => page.locator("[data-told]").textContent();
const verdict = async (id) => (await (await fetch(`${desk.url}/api/v1/archives/crisis/entries/${id}`)).json()).entry.verdict ?? "";

/** until waits for something the server must come to know. */
async function until(what, want) {
  let got;
  for (let i = 0; i < 50; i++) {
    got = await what();
    if (got === want) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.equal(got, want);
}

test("words in context are there at once", async () => {
  const page = await desk.page("review");
  await page.locator(".current mark").waitFor();
  assert.ok((await page.locator(".current mark").textContent()).length > 3);
  assert.ok((await page.locator(".current .context").textContent()).length > 60);
  await page.context().close();
});

test("j and k move, a accepts, r rejects, d leaves open, u takes back", async () => {
  const page = await desk.page("review");
  const first = await current(page);
  await page.keyboard.press("j");
  const second = await current(page);
  assert.notEqual(second, first);
  assert.match(await told(page), /2 of \d+: /);
  assert.ok(page.url().endsWith("#" + second), "the entry is part of the address");
  await page.keyboard.press("k");
  assert.equal(await current(page), first);

  await page.keyboard.press("a");
  assert.equal(await current(page), second);
  assert.match(await told(page), /^Accepted: .*Next: 2 of/);
  await until(() => verdict(first), "confirm");
  const { decisions } = await (await fetch(`${desk.url}/api/v1/archives/crisis/decisions?subject=${first}&oldest=true`)).json();
  assert.equal(decisions.at(-1).why, "no reason given, in review"); // none is made up

  await page.keyboard.press("r");
  await until(() => verdict(second), "reject");
  const third = await current(page);
  await page.keyboard.press("d");
  await until(() => verdict(third), "doubt");

  await page.keyboard.press("u");
  assert.equal(await current(page), third);
  await until(() => verdict(third), "");
  await page.keyboard.press("u");
  assert.equal(await current(page), second);
  await until(() => verdict(second), "");
  await page.keyboard.press("u");
  await until(() => verdict(first), "");
  await page.keyboard.press("u");
  assert.equal(await told(page), "Nothing to take back.");
  await page.context().close();
});

test("e asks for a reason, Enter keeps it, Escape does not", async () => {
  const page = await desk.page("review");
  const id = await current(page);
  await page.keyboard.press("e");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.keyboard.press("e");
  await page.keyboard.type("the speaker is another one");
  await page.keyboard.press("Enter");
  await until(() => verdict(id), "reject");
  const { decisions } = await (await fetch(`${desk.url}/api/v1/archives/crisis/decisions?subject=${id}&oldest=true`)).json();
  assert.equal(decisions.at(-1).why, "the speaker is another one");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.keyboard.press("u");
  await until(() => verdict(id), "");
  await page.context().close();
});

test("R rejects all that is shown after asking, and one u takes all back", async () => {
  const page = await desk.page("review?kind=contradiction");
  const ids = await page.locator('nav[aria-label="Queue"] li').count();
  assert.ok(ids > 1);
  const first = await current(page);
  await page.keyboard.press("R");
  assert.match(await page.locator("dialog[open] h2").textContent(), new RegExp(`Reject ${ids} entries`));
  await page.keyboard.type("not contradictions");
  await page.keyboard.press("Enter");
  await until(() => verdict(first), "reject");
  await until(() => page.locator(".reject .mark").count(), ids);
  await page.keyboard.press("u");
  await until(() => verdict(first), "");
  assert.equal(await page.locator(".reject .mark").count(), 0);
  await page.context().close();
});

test("what cannot be saved is said, does not count, and can be sent again", async () => {
  const page = await desk.page("review");
  const id = await current(page);
  await page.route("**/decisions", (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ status: 503, title: "Unavailable", detail: "the archive is locked" }) }));
  await page.keyboard.press("a");
  await page.getByRole("alert").waitFor();
  assert.match(await page.getByRole("alert").textContent(), /1 decision was not saved.*the archive is locked/s);
  assert.equal(await verdict(id), "");
  await page.unroute("**/decisions");
  await page.getByRole("button", { name: "Send again" }).focus();
  await page.keyboard.press("Enter");
  await until(() => verdict(id), "confirm");
  assert.equal(await page.getByRole("alert").count(), 0);
  await page.keyboard.press("u");
  await until(() => verdict(id), "");
  await page.context().close();
  desk.faults.splice(0, desk.faults.length, ...desk.faults.filter((f) => !f.includes("503")));
});

test("? shows the keys, and a key can be changed for good", async () => {
  const page = await desk.page("review");
  await page.keyboard.press("?");
  const dialog = page.locator("dialog[open]");
  assert.match(await dialog.textContent(), /Accept/);
  await dialog.getByRole("button", { name: "Choose another key for: Next entry" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("n");
  await page.keyboard.press("Escape");
  const first = await current(page);
  await page.keyboard.press("j");
  assert.equal(await current(page), first);
  await page.keyboard.press("n");
  assert.notEqual(await current(page), first);
  await page.reload();
  await settled(page);
  const again = await current(page);
  await page.keyboard.press("n");
  assert.notEqual(await current(page), again);
  await page.context().close();
});

test("letters typed in a field are letters", async () => {
  const page = await desk.page("review");
  const id = await current(page);
  await page.keyboard.press("e");
  await page.keyboard.type("jar");
  assert.equal(await page.locator("dialog[open] input[type=text], dialog[open] input:not([type])").inputValue(), "jar");
  await page.keyboard.press("Escape");
  assert.equal(await current(page), id);
  await page.context().close();
});

test("it is accessible and fits at both widths", async () => {
  for (const width of [1280, 390]) {
    for (const dark of [false, true]) {
      const page = await desk.page("review", { width, dark });
      await page.locator(".current mark").waitFor();
      assert.deepEqual(await accessible(page), []);
      assert.equal(await wide(page), 0);
      await page.context().close();
    }
  }
});

test("pictures", () => shoot(desk, "review", "review", (page) => page.locator(".current mark").waitFor()));

test("no page did what it may not", () => assert.deepEqual(desk.faults, []));
