// Alerts: a rule made by the form, turned off and deleted; a saved search leads to its list.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { accessible, open, settled, shoot, wide } from "./lib.mjs";

let desk;
before(async () => {
  desk = await open();
});
after(async () => {
  await desk?.close();
});

const send = (path, body) => fetch(`${desk.url}/api/v1/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

describe("alerts", () => {
  test("a rule is made by the form, with a feed and a webhook's secret, turned off and deleted", async () => {
    const page = await desk.page("/alerts");
    await page.getByLabel("Tell me when").selectOption("act");
    await page.getByLabel("Kinds").fill("threaten, deny");
    await page.getByLabel("Name of the rule").fill("Threats and denials");
    await page.getByLabel("Webhook").fill("https://hooks.example/in");
    await page.getByRole("button", { name: "Add the rule" }).click();
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

  test("a saved search leads to its list", async () => {
    assert.equal((await send("searches", { name: "Ceasefire talk", archive: "crisis", terms: { q: "ceasefire", kind: ["statement"] } })).status, 201);
    const page = await desk.page("/alerts");
    await page.getByRole("link", { name: "Ceasefire talk" }).click();
    await settled(page);
    assert.match(page.url(), /\/crisis\/statements\?q=ceasefire$/);
  });

  test("pictures, and nothing that no page may do", async () => {
    await send("rules", { name: "Threats", archive: "crisis", kind: "act", terms: { label: ["threaten"] }, channels: [{ kind: "atom" }, { kind: "email", to: "ada@desk.example" }] });
    await shoot(desk, "/alerts", "alerts");
    assert.deepEqual(desk.faults, []);
  });
});
