// Statements, one entry, commitments, contradictions and the log of decisions, over the example crisis.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { accessible, open, settled, shoot, wide } from "./lib.mjs";

let desk;
before(async () => (desk = await open()));
after(async () => {
  await desk?.close();
});

const api = async (path) => (await fetch(`${desk.url}/api/v1/archives/crisis/${path}`)).json();

describe("statements", () => {
  test("a speaker chosen is in the address, and every row is theirs", async () => {
    const page = await desk.page("statements");
    const speaker = page.locator("fieldset", { hasText: "Speaker" }).getByRole("checkbox").first();
    await speaker.focus();
    await page.keyboard.press("Space");
    await page.waitForURL(/actor=.*role=source|role=source.*actor=/);
    await settled(page);
    const query = new URL(page.url()).searchParams;
    const { entries } = await api(`statements?actor=${query.get("actor")}&role=source`);
    await page.waitForFunction((n) => document.querySelectorAll("main article.entry").length === n, entries.length);
    assert.equal(await page.locator("main article.entry").first().getAttribute("data-entry"), entries[0].entry.id);
    await page.context().close();
  });

  test("who first reported and who printed can be chosen, and stay in the address", async () => {
    const { origins, publishers } = await api("facets?kind=statement");
    for (const [title, name, list] of [["First reported by", "origin", origins], ["Printed by", "publisher", publishers]]) {
      const page = await desk.page("statements");
      const facet = page.locator("fieldset", { hasText: title });
      await facet.getByRole("checkbox", { name: list[0].name }).focus();
      await page.keyboard.press("Space");
      await page.waitForURL((at) => at.searchParams.get(name) === list[0].id);
      await page.reload();
      await settled(page);
      const { entries } = await api(`statements?${name}=${encodeURIComponent(list[0].id)}`);
      await page.waitForFunction((n) => document.querySelectorAll("main article.entry").length === n, entries.length);
      assert.ok(await facet.getByRole("checkbox", { name: list[0].name }).isChecked());
      await page.context().close();
    }
  });

  test("one speaker on a topic in short: first, last, how often, by whom it was carried, on which days", async () => {
    const { speakers } = await api("facets?kind=statement");
    const query = `role=source&actor=${speakers[0].id}&q=guns`;
    const facets = await api(`facets?kind=statement&${query}`);
    const { entries } = await api(`statements?${query}&oldest=true`);
    for (const view of ["", "&view=time"]) {
      const page = await desk.page(`statements?${query}${view}`);
      const short = page.locator("[data-summary]");
      await short.waitFor();
      const text = await short.textContent();
      assert.match(text, new RegExp(`First said.*Last said.*${facets.of} statements in articles of ${facets.days.length} days`, "s"));
      for (const paper of [...facets.publishers, ...facets.origins]) assert.ok(text.includes(paper.name), paper.name);
      assert.ok((await short.locator("a[href*='#s-']").first().getAttribute("href")).endsWith(entries[0].entry.id));
      await short.getByRole("group", { name: "Days" }).waitFor();
      await page.context().close();
    }
  });

  test("words narrow the list, and the link leads to the words in the article", async () => {
    const page = await desk.page("statements?q=shelling");
    const rows = await page.locator("main article.entry").count();
    assert.ok(rows > 0 && rows < 50);
    const href = await page.locator("main article.entry .chain a").first().getAttribute("href");
    assert.match(href, /^\/crisis\/article\/d-\w+#s-\w+$/);
    await page.context().close();
  });

  test("one speaker over time: each thing once, first and last", async () => {
    const { speakers } = await api("facets?kind=statement");
    const page = await desk.page(`statements?view=time&role=source&actor=${speakers[0].id}`);
    await page.locator(".claim").first().waitFor();
    const text = await page.locator("main").textContent();
    assert.match(text, /first|said/);
    const repeated = page.locator(".claim", { hasText: /on \d+ days/ }).first();
    if (await repeated.count()) {
      await repeated.locator("summary").focus();
      await page.keyboard.press("Enter");
      assert.match(await repeated.textContent(), /First said.*Last said/s);
    }
    await page.context().close();
  });

  test("without a speaker it asks for one", async () => {
    const page = await desk.page("statements?view=time");
    await page.getByText("Whose statements?").waitFor();
    await page.locator("main .button").first().click();
    await page.locator(".claim").first().waitFor();
    await page.context().close();
  });
});

describe("an entry", () => {
  test("shows its words in context, origins, and takes a decision with a reason", async () => {
    const { entries } = await api("statements?q=shelling&limit=1");
    const { entry } = entries[0];
    const page = await desk.page(`entry/${entry.id}`);
    await page.locator("main mark").waitFor();
    assert.equal(await page.locator("main mark").first().textContent(), entry.text);
    assert.match(await page.locator("main").textContent(), /\d+ articles?, \d+ independent origins?/);
    await page.locator("section[aria-labelledby=origins] li a[href*='/article/d-'] bdi").first().waitFor(); // by title
    const form = page.locator("aside details", { hasText: "Your decision" });
    await form.getByLabel("Accept").focus();
    await page.keyboard.press("Space");
    await form.getByLabel(/Why/).focus();
    await page.keyboard.type("read in the article itself");
    await form.getByRole("button", { name: "Decide" }).focus();
    await page.keyboard.press("Enter");
    await page.locator("main", { hasText: "read in the article itself" }).waitFor();
    assert.equal((await api(`entries/${entry.id}`)).entry.verdict, "confirm");
    await page.context().close();
  });

  test("says what its confidence is worth, and none where nothing was measured", async () => {
    for (const [kind, worth] of [["statement", /^\d+\s%: of a hundred such entries/], ["commitment", /^\d+\s%: an estimate, not measured$/], ["figure", null]]) {
      const { entry } = (await api(`entries?kind=${kind}&limit=1`)).entries[0];
      const page = await desk.page(`entry/${entry.id}`);
      await page.locator("main mark").first().waitFor();
      const said = await page.locator("main dt", { hasText: "Confidence" }).locator("+ dd").allTextContents();
      assert.equal(said.length, worth ? 1 : 0, kind);
      if (worth) assert.match(said[0], worth);
      assert.equal(await page.locator("main .confidence").count() > 0, !!worth, kind);
      await page.context().close();
    }
  });

  test("that is a figure stands in its sentence", async () => {
    const { entry, around } = (await api("entries?kind=figure&limit=50")).entries.find((s) => s.around.before && s.around.after);
    const page = await desk.page(`entry/${entry.id}`);
    const quote = page.locator(`#entry-${entry.id} blockquote`);
    assert.equal(await quote.textContent(), around.before + entry.text + around.after);
    assert.equal(await quote.locator("mark").textContent(), entry.text);
    await page.context().close();
  });

  test("that is not there is said plainly", async () => {
    const page = await desk.page("entry/s-000000000000");
    await page.getByText("This archive has no such entry").waitFor();
    await page.context().close();
    desk.faults.splice(0, desk.faults.length, ...desk.faults.filter((f) => !f.includes("404")));
  });
});

describe("commitments", () => {
  test("evidence is offered, a state is set with a reason, history keeps it", async () => {
    const { promises } = await api("commitments/board?limit=500");
    const { entry } = promises.find((p) => p.evidence.some((e) => e.b)).shown; // a lapse has nothing to quote
    const page = await desk.page("commitments");
    const card = () => page.locator(`[data-entry="${entry.id}"]`);
    await card().getByText(/^Evidence:/).focus();
    await page.keyboard.press("Enter");
    assert.ok((await card().locator("blockquote").first().textContent()).length > 10);
    await card().getByRole("button", { name: /Set state/ }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.locator("dialog[open]");
    await dialog.getByRole("radio", { name: /^Kept/ }).check();
    await dialog.getByRole("checkbox").first().check();
    assert.ok(await dialog.getByRole("button", { name: "Set the state" }).isDisabled(), "a reason is required");
    await dialog.getByLabel(/Why/).fill("handed over at the border post");
    await dialog.getByRole("button", { name: "Set the state" }).click();
    await page.locator(`section.kept [data-entry="${entry.id}"]`).waitFor();
    await card().getByText(/^History:/).click();
    assert.match(await card().textContent(), /set the state to kept/);
    const after = (await api(`commitments/board?limit=500`)).promises.find((p) => p.shown.entry.id === entry.id);
    assert.equal(after.state, "kept");
    assert.equal(after.history.at(-1).evidence.length, 1);
    await page.context().close();
  });

  test("a promise that several articles tell is one card, with the words of each", async () => {
    const { promises } = await api("commitments/board?limit=500");
    const told = promises.find((p) => p.again.length > 0);
    const articles = new Set([told.shown, ...told.again].map((s) => s.entry.article)).size;
    const page = await desk.page("commitments");
    const tellings = promises.reduce((sum, p) => sum + 1 + p.again.length, 0);
    assert.match(await page.locator("main [role=status]", { hasText: "due or overdue" }).textContent(), new RegExp(`^${promises.length} commitments, told ${tellings} times in all`));
    const card = page.locator(`.card[data-entry="${told.shown.entry.id}"]`);
    await card.getByText(`Told by ${articles} articles`).focus();
    await page.keyboard.press("Enter");
    const words = await card.locator("[data-again] blockquote").allTextContents();
    assert.deepEqual(words, [told.shown, ...told.again].map((s) => s.entry.text));
    for (const s of told.again) assert.equal(await page.locator(`.card[data-entry="${s.entry.id}"]`).count(), 0);
    await page.context().close();
  });

  test("what was probably kept says so, and stands last in its column", async () => {
    const page = await desk.page("commitments");
    assert.ok((await page.locator("[data-probably]").count()) > 0);
    for (const column of await page.locator(".board section").all()) {
      const marked = await column.locator("> ul > li").evaluateAll((cards) => cards.map((c) => c.querySelector("[data-probably]") !== null));
      assert.deepEqual(marked, marked.toSorted(), "those without the mark come first");
    }
    await page.context().close();
  });

  test("the table is by due date, and is a permalink", async () => {
    const page = await desk.page("commitments?view=table");
    assert.ok((await page.locator("main tbody tr").count()) > 5);
    assert.equal(await page.locator('a[aria-current="true"]').textContent(), "By due date");
    await page.context().close();
  });
});

describe("contradictions", () => {
  test("both sides stand in the same rows; the same words in copies count once", async () => {
    const { links } = await api("contradictions");
    const page = await desk.page("contradictions");
    await page.locator(".pair").first().waitFor();
    const pairs = await page.locator(".pair").count();
    assert.ok(pairs > 1 && pairs <= links.length);
    assert.equal(await page.locator(".pair").first().locator(".line").first().locator('[role="cell"]').count(), 2);
    await page.context().close();
  });

  test("by keyboard: j, s, u; and r with a reason", async () => {
    const page = await desk.page("contradictions");
    await page.locator(".pair").first().waitFor();
    await page.keyboard.press("j");
    const pair = page.locator(".pair:focus");
    const id = await pair.getAttribute("data-link");
    await page.keyboard.press("s");
    await page.getByText("Dismissed as the same thing in other words").waitFor();
    assert.equal((await api(`links/${id}`)).link.verdict, "reject");
    await page.locator(`[data-link="${id}"]`, { hasText: "Dismissed" }).waitFor();
    await page.keyboard.press("u");
    await page.getByText(/^Taken back/).waitFor();
    await page.locator(`[data-link="${id}"]`, { hasText: "Dismiss for good" }).waitFor();
    assert.equal((await api(`links/${id}`)).link.verdict ?? "", "");
    await page.keyboard.press("r");
    await page.locator("dialog[open] textarea").fill("they speak of two villages");
    await page.locator("dialog[open]").getByRole("button", { name: "Dismiss" }).click();
    await page.locator(`[data-link="${id}"]`, { hasText: "Dismissed" }).waitFor();
    assert.equal((await api(`links/${id}`)).link.verdict, "reject");
    await page.context().close();
  });

  test("those inside one article", async () => {
    const page = await desk.page("contradictions?view=inside");
    await page.locator(".pair").first().waitFor();
    assert.ok((await page.locator(".pair").first().locator("blockquote").count()) > 0);
    await page.context().close();
  });
});

describe("decisions", () => {
  const decide = (body) => fetch(`${desk.url}/api/v1/archives/crisis/decisions`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

  test("what people decided comes first, the latest on top, in words; what the program did comes on request", async () => {
    const { entries } = await (await fetch(`${desk.url}/api/v1/archives/crisis/statements?limit=1`)).json();
    const { entry } = entries[0];
    assert.equal((await decide({ verb: "confirm", subject: entry.id, why: "it is in the readout" })).status, 201);
    const page = await desk.page("decisions");
    const latest = await page.locator(".log > li").first().innerText();
    assert.match(latest, /accepted:/);
    assert.ok(latest.includes(entry.text.slice(0, 40)), latest);
    assert.match(latest, /Reason: it is in the readout/);
    assert.equal(await page.getByText("took in the article").count(), 0);
    await page.getByLabel("also what the program did").check();
    await page.getByText("took in the article").first().waitFor();
    const seqs = await page.locator(".log > li").evaluateAll((rows) => rows.map((r) => Number(r.dataset.seq)));
    assert.deepEqual(seqs, seqs.toSorted((a, b) => b - a));
    assert.equal(await page.getByText("does not join").count(), 0);
    await page.context().close();
  });

  test("a subject or a verb narrows them", async () => {
    const { promises } = await (await fetch(`${desk.url}/api/v1/archives/crisis/commitments/board`)).json();
    await decide({ verb: "state", value: "delayed", subject: promises[0].shown.entry.id, why: "the day is past" });
    const filtered = await desk.page("decisions?verb=state");
    for (const row of await filtered.locator(".log > li").all()) assert.match(await row.textContent(), /set the state to/);
    await filtered.getByRole("link", { name: /^All decisions about it/ }).first().click();
    await filtered.waitForURL(/subject=c-/);
    await filtered.context().close();
  });
});

describe("every page", () => {
  const pages = ["statements", "statements?view=time", "commitments", "commitments?view=table", "contradictions", "contradictions?view=inside", "decisions"];
  for (const path of [...pages, "entry"]) {
    test(`${path} is accessible and fits at both widths, light and dark`, async () => {
      const at = path === "entry" ? `entry/${(await api("statements?q=shelling&limit=1")).entries[0].entry.id}` : path;
      for (const [width, dark] of [[1280, false], [390, true]]) {
        const page = await desk.page(at, { width, dark });
        assert.deepEqual(await accessible(page), []);
        assert.equal(await wide(page), 0, `${path} at ${width}`);
        await page.context().close();
      }
    });
  }

  test("pictures", async () => {
    const { speakers } = await api("facets?kind=statement");
    const statement = (await api("statements?q=shelling&limit=1")).entries[0].entry.id;
    const commitment = (await api("commitments/board")).promises.find((p) => p.evidence.length > 0).shown.entry.id;
    await shoot(desk, "statements?limit=5", "statements");
    await shoot(desk, `statements?view=time&role=source&actor=${speakers[0].id}`, "statements-time");
    await shoot(desk, `entry/${statement}`, "entry");
    await shoot(desk, `entry/${commitment}`, "entry-commitment");
    await shoot(desk, "commitments?by=Malawi", "commitments");
    await shoot(desk, "commitments?view=table&by=Malawi", "commitments-table");
    await shoot(desk, "contradictions?limit=6", "contradictions");
    await shoot(desk, "contradictions?view=inside&limit=3", "contradictions-inside");
    await shoot(desk, "decisions?limit=8", "decisions");
  });

  test("none did what it may not", () => assert.deepEqual(desk.faults, []));
});
