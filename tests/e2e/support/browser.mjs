// A browser that sees more than a person: it fails a test on script errors, on anything the content security policy
// refused, on requests to other hosts, and on what axe finds.
import AxeBuilder from "@axe-core/playwright";
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
      const mirror = javaScript ? null : await browser.newContext({ ...settings, javaScriptEnabled: true });
      return watch(await context.newPage(), hosts, mirror);
    },
    close: () => browser.close(),
  };
}

function watch(page, hosts, mirror) {
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
  const check = async (name) => {
    const shown = mirror ? await reflect(page, mirror) : page;
    await checkPage(shown, mirror ? looks.filter(({ name }) => name === "narrow") : looks, complaints, mirror ? `${name}-plain` : name);
    if (mirror) await shown.close();
  };
  return { page, complaints, check };
}

// axe is a script itself: what a browser without scripts shows is looked at in one where only ours do not run.
async function reflect(page, mirror) {
  const shown = await mirror.newPage();
  const body = await page.content();
  await shown.route(/\.js$/, (route) => route.abort());
  await shown.route(page.url(), (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" }));
  await shown.goto(page.url());
  return shown;
}

// Looks at the page as it is now: nothing complained, nothing wider than the screen, axe content in every look.
// Saves a picture of each.
async function checkPage(page, looks, complaints, name) {
  mkdirSync(screenshots, { recursive: true });
  const before = page.viewportSize();
  for (const look of looks) {
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width: look.width, height: 900 });
    await page.screenshot({ path: path.join(screenshots, `${name}-${look.name}.png`), fullPage: true });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= look.width, `${name}, ${look.name}: ${width} px wide on a screen of ${look.width}`);
    await checkWithAxe(page, `${name}, ${look.name}`);
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize(before);
  assert.deepEqual(complaints, [], `${name}: the browser complained`);
}

async function checkWithAxe(page, name) {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n    ${node.html}\n    ${node.any.map(({ message }) => message).join("; ")}`),
  );
  assert.deepEqual(found, [], `${name}: axe found\n  ${found.join("\n  ")}`);
}
