// What the browser tests stand on: the real binary over a fresh copy of a real archive, and a headless Chromium.
//
//   const desk = await open();             // { url, archive, browser, page, close() }
//   const page = await desk.page("today"); // a page of the archive, at 1280 × 900
//
// The binary is bin/parley (PARLEY names another); the archive is testdata/crisis, read once and kept in web/shots, or a copy
// of the one PARLEY_ARCHIVE names. The browser is /usr/bin/chromium (CHROMIUM names another).

import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const web = resolve(dirname(fileURLToPath(import.meta.url)), "..");
export const root = dirname(web);
export const shots = join(web, "shots");
export const parley = process.env.PARLEY ?? join(root, "bin", "parley");

/** archive copies a fresh archive into a folder and returns its path. */
export function archive(dir) {
  const kept = process.env.PARLEY_ARCHIVE ?? read();
  const path = join(dir, "crisis.parley");
  for (const end of ["", "-wal"]) if (existsSync(kept + end)) copyFileSync(kept + end, path + end);
  return path;
}

/** read makes the archive of the example crisis, unless a binary of this age has made it already. */
function read() {
  mkdirSync(shots, { recursive: true });
  const kept = join(shots, `crisis-${Math.round(statSync(parley).mtimeMs)}.parley`);
  for (const old of readdirSync(shots)) {
    if (/^crisis-\d+\.parley/.test(old) && Date.now() - statSync(join(shots, old)).mtimeMs > 86400e3) rmSync(join(shots, old));
  }
  if (existsSync(kept)) return kept;
  const made = `${kept}.${process.pid}`; // other files of tests may make theirs at the same time
  execFileSync(parley, ["ingest", made, join(root, "testdata", "crisis")], { stdio: ["ignore", "ignore", "inherit"] });
  renameSync(made, kept);
  return kept;
}

/** serve starts the binary over a fresh archive. */
export function serve(...flags) {
  const dir = mkdtempSync(join(tmpdir(), "parley-desk-"));
  return start(dir, archive(dir), flags);
}

/** serveAt starts the binary over an archive where it lies, with a desk of its own. */
export function serveAt(path) {
  const dir = mkdtempSync(join(tmpdir(), "parley-desk-"));
  return start(dir, resolve(path), ["--desk", join(dir, "big.desk")]);
}

/** start starts the binary on a free port and waits until it answers. */
async function start(dir, path, flags) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const said = [];
  const child = spawn(parley, ["serve", path, "--listen", `127.0.0.1:${port}`, ...flags], { cwd: dir });
  for (const out of [child.stdout, child.stderr]) out.on("data", (d) => said.push(String(d)));
  const close = async () => {
    if (child.exitCode === null) {
      child.kill("SIGTERM");
      await new Promise((done) => child.once("exit", done));
    }
    rmSync(dir, { recursive: true, force: true });
  };
  for (let i = 0; i < 150; i++) {
    if (child.exitCode !== null) throw new Error(`parley serve ended: ${said.join("")}`);
    try {
      if ((await fetch(url + "/healthz")).ok) return { url, dir, said, close };
    } catch {
      // Not up yet.
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  await close();
  throw new Error(`parley serve did not answer: ${said.join("")}`);
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** launch opens a browser that reports nothing home. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** open is a served archive with a browser before it. Faults holds what no page may do: errors in the console (violations of the
 * content security policy are among them), uncaught errors, requests to other hosts. */
export async function open(...flags) {
  const desk = await serve(...flags);
  const browser = await launch();
  const faults = [];
  const page = async (path = "", opt = {}) => {
    const context = await browser.newContext({ viewport: { width: opt.width ?? 1280, height: opt.height ?? 900 }, colorScheme: opt.dark ? "dark" : "light", reducedMotion: "reduce" });
    const p = await context.newPage();
    faultless(p, desk.url, faults);
    await p.goto(desk.url + (path.startsWith("/") ? path : "/crisis/" + path));
    await settled(p);
    return p;
  };
  const close = async () => {
    await browser.close();
    await desk.close();
  };
  return { ...desk, archive: "crisis", browser, page, faults, close };
}

/** faultless gathers what a page may not do. */
export function faultless(page, url, faults = []) {
  page.on("console", (m) => m.type() === "error" && faults.push(`${page.url()}: ${m.text()}`));
  page.on("pageerror", (e) => faults.push(`${page.url()}: ${e}`));
  page.on("request", (r) => !r.url().startsWith(url) && !/^(data|blob|about):/.test(r.url()) && faults.push(`${page.url()}: asks ${r.url()}`));
  return faults;
}

/** settled waits until a page shows its answer: its own heading, and nothing loading. */
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector("h1") && !document.querySelector(".loading"), undefined, { timeout: 20000 });
  await page.waitForLoadState("networkidle").catch(() => {});
}

/** shoot keeps a picture of a page in web/shots, at both widths and in both themes. */
export async function shoot(desk, path, name, before) {
  mkdirSync(shots, { recursive: true });
  for (const [width, height] of [[1280, 900], [390, 844]]) {
    for (const dark of [false, true]) {
      const page = await desk.page(path, { width, height, dark });
      await before?.(page, { width, dark });
      await page.screenshot({ path: join(shots, `${name}-${width}-${dark ? "dark" : "light"}.png`), fullPage: true });
      await page.context().close();
    }
  }
}

/** accessible returns the serious and critical violations that axe-core finds on a page, in words. The script is given to the
 * browser by its debugger, which the content security policy does not hold back. */
export async function accessible(page) {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations
    .filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => `${n.target.join(" ")} (${n.any[0]?.message ?? ""})`).join(" | ")}`);
}

/** wide says by how much a page is wider than its window: 0 is right. */
export function wide(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
