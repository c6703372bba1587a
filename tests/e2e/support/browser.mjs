// A browser that sees more than a person: it fails a test on script errors, on anything the content security policy
// refused, on requests to other hosts, and on what axe finds.
import axe from "axe-core";
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const screenshots = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../../build/screenshots");

const flags = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
  "--hide-scrollbars",
  "--force-color-profile=srgb",
];

// The ways people look at a page.
const looks = [
  { name: "light", colorScheme: "light", width: 1200 },
  { name: "dark", colorScheme: "dark", width: 1200 },
  { name: "narrow", colorScheme: "light", width: 320 },
];

export async function openBrowser({ javaScript = true } = {}) {
  const root = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: root ? [...flags, "--no-sandbox"] : flags,
  });
  const seen = new Set();
  return {
    // A person with their own cookies. `hosts` are those that their pages may ask, besides their first page's.
    async visitor({ locale = "de-CH", hosts = [] } = {}) {
      const settings = {
        javaScriptEnabled: javaScript,
        locale,
        timezoneId: "Europe/Zurich",
        deviceScaleFactor: 1,
        reducedMotion: "reduce",
        viewport: { width: 1200, height: 900 },
      };
      const context = await browser.newContext(settings);
      const mirror = javaScript ? null : await (await browser.newContext({ ...settings, javaScriptEnabled: true })).newPage();
      await mirror?.route(/\.js$/, (route) => route.abort());
      return watch(await context.newPage(), { hosts, mirror, seen });
    },
    close: () => browser.close(),
  };
}

function watch(page, { hosts, mirror, seen }) {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // Chromium reports every 4xx page as a failed resource; tests look at the status themselves.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const host = new URL(request.url()).host;
    const own = page.url().startsWith("http") ? new URL(page.url()).host : host;
    if (!request.isNavigationRequest() && host !== own && !hosts.includes(host))
      complaints.push(`request to another host: ${request.url()}`);
  });
  // A state that this browser has shown before is not looked at again.
  // `except`: a selector of what others made and axe finds fault with.
  const check = async (name, { except } = {}) => {
    if (seen.has(name)) return assert.deepEqual(complaints, [], `${name}: the browser complained`);
    seen.add(name);
    const shown = mirror ? await reflect(page, mirror) : page;
    await checkPage(shown, mirror ? looks.filter(({ name }) => name === "narrow") : looks, complaints, mirror ? `${name}-plain` : name, except);
  };
  return { page, complaints, check };
}

// axe is a script itself: what a browser without scripts shows is looked at in one where only ours do not run.
async function reflect(page, mirror) {
  const body = await page.content();
  const [address] = page.url().split("#");
  const isPage = (url) => url.href === address;
  const fulfill = (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" });
  await mirror.route(isPage, fulfill);
  await mirror.goto("about:blank");
  await mirror.goto(address);
  await mirror.unroute(isPage, fulfill);
  return mirror;
}

// Looks at the page as it is now: nothing complained, nothing wider than the screen, axe content in every look.
// Saves a picture of each.
async function checkPage(page, looks, complaints, name, except) {
  mkdirSync(screenshots, { recursive: true });
  const before = page.viewportSize();
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: look.width, height: 900 });
    await page.screenshot({ path: path.join(screenshots, `${name}-${look.name}.png`), fullPage: true });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= look.width, `${name}, ${look.name}: ${width} px wide on a screen of ${look.width}`);
    await checkWithAxe(page, `${name}, ${look.name}`, except);
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize(before);
  assert.deepEqual(complaints, [], `${name}: the browser complained`);
}

async function checkWithAxe(page, name, except) {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const violations = await page.evaluate(async ({ runOnly, except }) => {
    const part = except ? { include: [["html"]], exclude: [[except]] } : document;
    const result = await window.axe.run(part, { runOnly, resultTypes: ["violations"] });
    return result.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, any }) => ({ html, any: any.map(({ message }) => message) })) }));
  }, { runOnly: tags, except });
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, any }) => `${id}: ${help}\n    ${html}\n    ${any.join("; ")}`));
  assert.deepEqual(found, [], `${name}: axe found\n  ${found.join("\n  ")}`);
}
