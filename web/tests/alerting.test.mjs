// From an article to a message, for every kind of rule, as somebody at the desk sees it: rules are made on the page, an article is
// ingested beside the running desk, its alerts are pending, then told by webhook, mail and feed, then resolved by a decision. It takes
// some minutes, since a rule gathers for a minute before it tells.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessible, open, parley, settled, shoot } from "./lib.mjs";
import { mailServer, webhook } from "./sinks.mjs";

const truce = `id: line-truce
name: Line truce
parties: [Zambia, Malawi]
start: 2025-10-05
observers: [{name: Mwami Observer Mission}]
counts: [{what: violations, strained: {floor: 10}, broken: {floor: 100}}]
rule: {baseline: {days: 14, min_days: 3}, broken: {floor: 100, ratio: 5, days: 1}, silence_days: 7}
`;
const article = (day, title, text) => `---\ntitle: "${title}"\npublisher: Lilongwe Courier\ndate: 2025-10-${day}T08:00:00Z\nurl: https://courier.example/10/${day}\n---\n\nLILONGWE, Oct ${Number(day)} - ${text}\n`;
const soon = new Date(Date.now() + 5 * 86400e3).toLocaleDateString("en-US", { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" });
const before1 = article("08", "Zambia pledges to pull back", `Zambia promised on Wednesday to withdraw its troops from Lundazi. The Mwami Observer Mission recorded 3 violations of the truce on Tuesday.

The Malawi Red Cross said 600 people were displaced.`);
const before2 = article("12", "Mission counts few violations", "The Mwami Observer Mission recorded 2 violations of the truce on Friday. It recorded 4 violations of the truce on Saturday.");
const news = article("16", "Zambia sends troops back as mission counts 250 violations", `Zambia deployed 500 troops to Lundazi on Wednesday. The Mwami Observer Mission recorded 250 violations of the truce on Wednesday.

The Malawi Red Cross said 2,400 people were displaced.

Malawi threatened to close the Mwami crossing. Zambia accused Malawi of firing more than 300 shells at Lundazi. The Malawian army denied firing any shells.

Malawi promised to reopen the Mwami crossing by ${soon}. "We count the wheelbarrows," Foreign Minister Chisomo Kalua told reporters.`);

let desk;
let hook;
let mail;
let dir;
before(async () => {
  [hook, mail] = [await webhook(), await mailServer()];
  dir = mkdtempSync(join(tmpdir(), "parley-alerts-"));
  writeFileSync(join(dir, "truce.yaml"), truce);
  desk = await open("--private-webhooks", "--smtp", mail.address, "--smtp-tls", "none", "--smtp-from", "desk@desk.example", "--ceasefire", join(dir, "truce.yaml"));
});
after(async () => {
  await desk?.close();
  hook?.close();
  mail?.close();
  rmSync(dir, { recursive: true, force: true });
});

const pause = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));
const asked = async (path) => (await fetch(`${desk.url}/api/v1/${path}`)).json();

function ingest(name, text) {
  const path = join(dir, name + ".md");
  writeFileSync(path, text);
  execFileSync(parley, ["ingest", join(desk.dir, "crisis.parley"), path], { stdio: ["ignore", "ignore", "pipe"] });
}

/** until asks again and again, and fails with what it was told last. */
async function until(seconds, what, check) {
  let last;
  for (const end = Date.now() + 1000 * seconds; Date.now() < end; await pause(1)) {
    last = await check();
    if (last === true) return;
  }
  assert.fail(`${what}: ${JSON.stringify(last)}`);
}

/** rules are one of each kind, with what its form is given and the words that its alert must show. */
const rules = {
  Kalua: { kind: "actor", fill: (f) => f.getByLabel("Who").fill("Chisomo Kalua"), words: /We count the wheelbarrows/ },
  Threats: { kind: "act", fill: (f) => f.getByLabel("Kinds of statement or event").selectOption("threaten"), words: /Malawi threatened|close the Mwami crossing/ },
  Due: { kind: "due", fill: (f) => f.getByLabel("Days before").fill("10"), words: new RegExp("reopen the Mwami crossing by " + soon) },
  Broken: { kind: "broken", words: /withdraw its troops from Lundazi/ },
  Clash: { kind: "contradiction", words: /shells/ },
  Truce: { kind: "ceasefire", fill: (f) => f.getByLabel("Which").selectOption("line-truce"), words: /recorded 250 violations of the truce on Wednesday/ },
  Jump: { kind: "figure", fill: (f) => f.getByLabel("Times the one before").fill("3"), words: /2,400 people were displaced/ },
  Wheelbarrows: { kind: "search", fill: (f) => f.getByLabel("Words").fill("wheelbarrows"), words: /We count the wheelbarrows/ },
};

test("rules of every kind tell what they find, from the article to the message", async () => {
  ingest("before1", before1);
  ingest("before2", before2);
  const page = await desk.page("/alerts");
  for (const [name, rule] of Object.entries(rules)) {
    const form = page.getByRole("form", { name: "Add the rule" });
    await form.getByLabel("Tell me when").selectOption(rule.kind);
    await rule.fill?.(form);
    await form.getByLabel("Name of the rule").fill(name);
    await form.getByRole("button", { name: "Add a webhook" }).click();
    await form.getByRole("textbox", { name: "Webhook" }).fill(hook.url);
    await form.getByRole("button", { name: "Add an e-mail address" }).click();
    await form.getByLabel("E-mail to").fill("ada@desk.example");
    await form.getByRole("button", { name: "Add the rule" }).click();
    await page.getByRole("button", { name: "Edit " + name }).waitFor();
  }
  assert.deepEqual((await asked("alerts")).alerts, []);
  ingest("news", news);

  let alerts = [];
  const missing = () => Object.keys(rules).filter((name) => !alerts.some((a) => a.rule_name === name && rules[name].words.test(JSON.stringify(a.quotes))));
  await until(120, "rules that found nothing", async () => {
    alerts = (await asked("alerts?limit=200")).alerts;
    return missing().length === 0 || missing();
  });
  await page.reload();
  await settled(page);
  await page.getByText("not told yet").first().waitFor();
  await page.getByRole("link", { name: "Told", exact: true }).click();

  await until(180, "rules without a webhook's message", () => {
    const silent = Object.keys(rules).filter((name) => !hook.messages.some((m) => m.rule.name === name && rules[name].words.test(JSON.stringify(m.firing))));
    return silent.length === 0 || silent;
  });
  await until(60, "rules without a mail", () => {
    const silent = Object.keys(rules).filter((name) => !mail.mails.some((m) => m.includes(`Rule: ${name}\r\n`) && rules[name].words.test(m.replaceAll("\r\n", " "))));
    return silent.length === 0 || silent;
  });
  const told = (await asked("rules")).rules;
  for (const [name, rule] of Object.entries(rules)) {
    const secret = told.find((r) => r.name === name).channels.find((c) => c.kind === "atom").secret;
    assert.match(await (await fetch(`${desk.url}/alerts/${secret}.atom`)).text(), rule.words, name);
  }
  for (const m of hook.messages) for (const a of m.firing) assert.match(a.quotes[0].link, /\/crisis\/entry\/[sekcfxg]-/, m.rule.name);
  const threat = hook.messages.find((m) => m.rule.name === "Threats").firing[0];
  assert.equal(threat.quotes[0].checked, "found by a machine; nobody has judged it");

  // The reader goes from the message to the words, rejects them, and the alert is over.
  const entry = await desk.page(new URL(threat.quotes[0].link).pathname);
  assert.match(await entry.locator("main").innerText(), /threat/i);
  await fetch(`${desk.url}/api/v1/archives/crisis/decisions`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ verb: "reject", subject: threat.quotes[0].entry, why: "it asked" }) });
  await until(60, "the alert that was rejected", async () => {
    const a = (await asked("alerts?state=resolved")).alerts.find((one) => one.id === threat.id);
    return /^rejected by /.test(a?.reason ?? "") || (a ?? "still told");
  });
  await page.reload();
  await settled(page);
  await page.getByText("told").first().waitFor();
  assert.deepEqual(await accessible(page), []);
  await page.getByRole("link", { name: "Over" }).click();
  await page.getByText(/rejected by /).waitFor();
  await shoot(desk, "/alerts", "alerts-told");
  assert.deepEqual(desk.faults, []);
});
