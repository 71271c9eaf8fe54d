// Alerts: rules made, changed, tried and deleted by the form; lists saved, opened again, renamed and turned into alerts. What rules
// of every kind find, from the article to the message, is in alerting.test.mjs.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { accessible, open, settled, shoot, wide } from "./lib.mjs";
import { webhook } from "./sinks.mjs";

let desk;
let hook;
before(async () => {
  hook = await webhook();
  desk = await open("--private-webhooks");
});
after(async () => {
  await desk?.close();
  hook?.close();
});

const send = (path, body) => fetch(`${desk.url}/api/v1/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
const asked = async (path) => (await fetch(`${desk.url}/api/v1/${path}`)).json();
const rule = async (name) => (await asked("rules")).rules.find((r) => r.name === name);

describe("rules", () => {
  test("a rule is made by the form, with a feed and a webhook's secret, turned off and deleted", async () => {
    const page = await desk.page("/alerts");
    const form = page.getByRole("form", { name: "Add the rule" });
    await form.getByLabel("Tell me when").selectOption("act");
    for (const kind of ["threaten", "deny"]) await form.getByLabel("Kinds of statement or event").selectOption(kind);
    await form.getByLabel("Name of the rule").fill("Threats and denials");
    await form.getByRole("button", { name: "Add a webhook" }).click();
    await form.getByRole("textbox", { name: "Webhook" }).fill("https://hooks.example/in");
    await form.getByRole("button", { name: "Add the rule" }).click();
    await page.getByText("A statement or event of a kind · threaten, deny").waitFor();
    assert.match(await page.getByLabel("Secret of the webhook").inputValue(), /^whsec_/);
    const feed = await page.getByRole("link", { name: "Atom feed" }).getAttribute("href");
    assert.match(await (await fetch(desk.url + feed)).text(), /<title>Threats and denials<\/title>/);
    await page.getByRole("button", { name: "Turn off Threats" }).click();
    await page.getByText("(off)").waitFor();
    page.on("dialog", (d) => d.accept());
    await page.getByRole("button", { name: "Delete Threats" }).click();
    await page.getByText("A statement or event of a kind · threaten, deny").waitFor({ state: "detached" });
    assert.deepEqual(await accessible(page), []);
    assert.equal(await wide(page), 0);
  });

  test("a rule is changed in place, by the form that made it", async () => {
    await send("rules", { name: "Due soon", archive: "crisis", kind: "due", days: 3, quiet: 30, channels: [{ kind: "atom" }, { kind: "email", to: "ada@desk.example" }] });
    const before = await rule("Due soon");
    const page = await desk.page("/alerts");
    await page.getByRole("button", { name: "Edit Due soon" }).click();
    const form = page.getByRole("form", { name: "Save the rule" });
    assert.equal(await form.getByLabel("Days before").inputValue(), "3");
    assert.equal(await form.getByLabel("E-mail to").inputValue(), "ada@desk.example");
    assert.deepEqual(await accessible(page), []);
    await form.getByLabel("Days before").fill("10");
    await form.getByLabel("Name of the rule").fill("Due in ten days");
    await form.getByRole("button", { name: "Save the rule" }).click();
    await page.getByText("A commitment falls due · within 10 days").waitFor();
    assert.equal(await form.count(), 0);
    const now = await rule("Due in ten days");
    assert.deepEqual({ id: now.id, days: now.days, quiet: now.quiet, channels: now.channels }, { id: before.id, days: 10, quiet: 30, channels: before.channels });
    await page.getByRole("button", { name: "Edit Due in" }).click();
    await form.getByRole("button", { name: "Cancel" }).click();
    assert.equal(await form.count(), 0);
  });

  test("a rule is tried: what arrives arrives, and what does not is told in words", async () => {
    await send("rules", { name: "Trial", archive: "crisis", kind: "broken", channels: [{ kind: "webhook", to: hook.url }, { kind: "webhook", to: "http://127.0.0.1:9/in" }, { kind: "email", to: "ada@desk.example" }] });
    const page = await desk.page("/alerts");
    await page.getByRole("button", { name: "Test Trial" }).click();
    await page.getByText("the test message was taken.").waitFor();
    await page.getByText("not delivered: nobody listens at 127.0.0.1:9: the connection was refused").waitFor();
    await page.getByText("not delivered: this desk has no mail server").waitFor();
    assert.equal(hook.messages.length, 1);
    assert.deepEqual([hook.messages[0].test, hook.messages[0].rule.name], [true, "Trial"]);
    assert.deepEqual(await accessible(page), []);
  });
});

describe("saved searches", () => {
  test("a list is saved with its filters, and becomes an alert", async () => {
    const page = await desk.page("statements?q=truce&label=deny&from=2025-09-01");
    await page.getByRole("button", { name: "Save this search" }).click();
    const dialog = page.getByRole("dialog");
    assert.equal(await dialog.getByLabel("Name").inputValue(), "Statements: deny, “truce”, from 1 Sept 2025");
    assert.deepEqual(await accessible(page), []);
    await page.keyboard.type("Truce denied"); // over the name that was proposed
    await page.keyboard.press("Enter");
    await dialog.getByRole("link", { name: "Make it an alert" }).click();
    await settled(page);
    const form = page.getByRole("form", { name: "Add the rule" });
    assert.equal(await form.getByLabel("Tell me when").inputValue(), "search");
    assert.equal(await form.getByLabel("Words").inputValue(), "truce");
    await form.getByRole("button", { name: "Add the rule" }).click();
    await page.getByText("A search finds something new · statements · deny, “truce”").waitFor();
    const made = await rule("Truce denied");
    assert.deepEqual([made.kind, made.terms], ["search", { kind: ["statement"], q: "truce", label: ["deny"] }]);
  });

  test("a saved search is opened as it was, renamed and deleted", async () => {
    const page = await desk.page("/alerts");
    const part = page.getByRole("region", { name: "Saved searches" });
    await part.getByRole("button", { name: "Rename Truce denied" }).click();
    await part.getByLabel("Name").fill("Denials of the truce");
    await part.getByRole("button", { name: "Rename" }).click();
    await part.getByRole("link", { name: "Denials of the truce", exact: true }).click();
    await settled(page);
    assert.equal(new URL(page.url()).pathname, "/crisis/statements");
    assert.deepEqual([...new URL(page.url()).searchParams], [["q", "truce"], ["label", "deny"], ["from", "2025-09-01"]]);
    await page.goBack();
    await part.getByRole("button", { name: "Delete Denials of the truce" }).click();
    await part.getByText("None yet.").waitFor();
  });

  test("one that was saved without a page leads to its list", async () => {
    assert.equal((await send("searches", { name: "Ceasefire talk", archive: "crisis", terms: { q: "ceasefire", kind: ["statement"] } })).status, 201);
    const page = await desk.page("/alerts");
    await page.getByRole("link", { name: "Ceasefire talk", exact: true }).click();
    await settled(page);
    assert.match(page.url(), /\/crisis\/statements\?q=ceasefire$/);
  });

  test("every list can be saved", async () => {
    for (const [path, name] of [["events", "Events"], ["commitments?state=kept", "Commitments: kept"], ["contacts", "Contacts"], ["figures?q=violations", "Figures: “violations”"],
      ["contradictions?type=denial", "Contradictions: denial"], ["search?q=truce", "Search: “truce”"]]) {
      const page = await desk.page(path);
      await page.getByRole("button", { name: "Save this search" }).click();
      assert.equal(await page.getByRole("dialog").getByLabel("Name").inputValue(), name);
      await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
      await page.getByRole("dialog").getByText("is saved").waitFor();
      await page.context().close();
    }
    assert.equal((await asked("searches")).searches.filter((s) => s.news === 0).length, 7);
  });
});

test("pictures, and nothing that no page may do", async () => {
  await send("rules", { name: "Threats", archive: "crisis", kind: "act", terms: { label: ["threaten"] }, channels: [{ kind: "atom" }, { kind: "email", to: "ada@desk.example" }] });
  await shoot(desk, "/alerts", "alerts");
  await shoot(desk, "statements?q=truce", "save", (page) => page.getByRole("button", { name: "Save this search" }).click());
  assert.deepEqual(desk.faults, []);
});
