// The first administrator takes a desk, lets others in, and everybody sees what they may: a desk with accounts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { mkdirSync } from "node:fs";
import { accessible, open, settled, shots, wide } from "./lib.mjs";

const password = "seven lamps by the quay";
let desk;
before(async () => {
  desk = await open("--accounts");
  mkdirSync(shots, { recursive: true });
});
after(async () => {
  await desk?.close();
});

/** clean says what is wrong with a page besides what it shows, and keeps a picture. */
async function clean(page, name) {
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  assert.deepEqual(await accessible(page), []);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: join(shots, `${name}-390.png`), fullPage: true });
  assert.equal(await wide(page), 0);
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function signIn(name) {
  const page = await desk.page("/login?next=/account");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  desk.faults.length = 0; // 401 to who has not signed in, which browsers log
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Account", exact: true }).waitFor();
  await settled(page);
  return page;
}

let admin;
let invitation;

test("the printed link makes the first administrator, once", async () => {
  const link = desk.said.join("").match(/http\S+\/setup#[\w-]+/)[0];
  const page = await desk.page("/setup#" + link.split("#")[1]);
  await page.getByLabel("Name").waitFor();
  assert.ok(!page.url().includes("#"), "the secret stays in the address");
  await clean(page, "setup");
  await page.getByLabel("Name").fill("mara");
  await page.getByLabel("Password").fill(password);
  await page.getByLabel("The same again").fill(password + "!");
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByText("The two passwords are not the same").waitFor();
  await page.getByLabel("The same again").fill(password);
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByRole("link", { name: "crisis" }).first().waitFor();
  await page.context().close();
  desk.faults.length = 0; // a link that is used up answers 410, which browsers log
  const again = await desk.page("/setup#" + link.split("#")[1]);
  await again.getByText("The link does not hold any more").waitFor();
  await again.context().close();
  desk.faults.length = 0;
});

test("a wrong password says so, and nothing more", async () => {
  const page = await desk.page("/login");
  await page.getByLabel("Name").fill("mara");
  await page.getByLabel("Password").fill("not this one, surely");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("the name or the password is wrong").waitFor();
  await clean(page, "login");
  await page.context().close();
  desk.faults.length = 0; // 401, which browsers log
});

test("an administrator adds a user and gives a role", async () => {
  admin = await signIn("mara");
  const users = admin.getByRole("region", { name: "Users" });
  await users.getByLabel("Name").fill("ines");
  await users.getByRole("button", { name: "Add a user" }).click();
  invitation = await users.getByRole("textbox", { name: "Link for ines" }).inputValue();
  await admin.getByLabel("Role of ines in crisis").selectOption("reader");
  await admin.getByText("ines: reader in crisis now.").waitFor();
  const tokens = admin.getByRole("region", { name: "API tokens" });
  await tokens.getByLabel("What it is for").fill("nightly export");
  await tokens.getByRole("button", { name: "Make a token" }).click();
  const secret = await tokens.getByRole("textbox", { name: "Token “nightly export”" }).inputValue();
  const answer = await fetch(desk.url + "/api/v1/archives/crisis/statements?limit=1", { headers: { Authorization: "Bearer " + secret } });
  assert.equal(answer.status, 200);
  await clean(admin, "account-admin");
  await tokens.getByRole("button", { name: "Revoke nightly export" }).click();
  await admin.getByText("holds no more").waitFor();
  assert.equal((await fetch(desk.url + "/api/v1/archives/crisis", { headers: { Authorization: "Bearer " + secret } })).status, 401);
  assert.deepEqual(desk.faults, []);
});

test("a user sets a password by the link, sees what a reader may, and is let in no more when removed", async () => {
  const page = await desk.page("/setup#" + invitation.split("#")[1]);
  await page.getByText("For ines.").waitFor();
  desk.faults.length = 0; // 401 to who has not signed in, which browsers log
  await page.getByLabel("Password").fill(password);
  await page.getByLabel("The same again").fill(password);
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByRole("link", { name: "crisis" }).first().waitFor();
  await page.goto(desk.url + "/account");
  await page.getByText("Signed in as ines").waitFor();
  await settled(page);
  assert.equal(await page.getByRole("heading", { name: "Users" }).count(), 0);
  await clean(page, "account-reader");
  assert.deepEqual(desk.faults, []);
  await admin.getByRole("button", { name: "Remove ines" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await admin.getByText("ines is let in no more").waitFor();
  await page.goto(desk.url + "/crisis/statements");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.context().close();
  desk.faults.length = 0; // 401, which browsers log
});

test("people without an account see a public archive with names masked, and nothing of the log", async () => {
  await admin.getByLabel("Role of People without an account in crisis").selectOption("visitor");
  await admin.getByText("People without an account: visitor in crisis now.").waitFor();
  const page = await desk.page("statements");
  assert.ok((await page.locator("main [data-entry]").count()) > 0);
  const nav = page.getByRole("navigation", { name: "Pages" });
  await nav.getByRole("link", { name: "Figures" }).waitFor();
  assert.equal(await nav.getByRole("link", { name: /Review|Search|Decisions/ }).count(), 0, "pages that are not for visitors");
  await page.locator("main a[href*='/article/']").first().click();
  await page.locator("main .text").waitFor();
  assert.equal(await page.getByRole("heading", { name: "Archive receipt" }).count(), 0);
  await page.context().close();
  assert.deepEqual(desk.faults, []);
});

test("signing out ends the session", async () => {
  await admin.getByRole("button", { name: "Sign out" }).click();
  await admin.getByRole("heading", { name: "Sign in" }).waitFor();
  await admin.context().close();
});
