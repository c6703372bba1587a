// Every component and class of the portal: accessible, standard, and at home on a narrow screen.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { checkMarkup } from "./support/markup.mjs";

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../..");
const build = path.join(root, "build", process.env.SCHALTER_PRESET ?? "release");
const pages = path.join(build, "gallery-pages");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png" };
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const towns = [{ text: "Aarau", hint: "5000" }, { text: "Aarburg", hint: "4663" }];

let server, address, browser;

function answer(request, response) {
  const url = new URL(request.url, "http://localhost");
  if (url.pathname === "/towns.json") {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ results: towns }));
    return;
  }
  const file = [pages, path.join(root, "web/dist")].map((folder) => path.join(folder, url.pathname)).find((name) => existsSync(name) && path.extname(name));
  response.statusCode = file ? 200 : 404;
  response.setHeader("content-security-policy", policy);
  response.setHeader("content-type", types[path.extname(file ?? "")] ?? "text/plain");
  response.end(file ? readFileSync(file) : "not here");
}

before(async () => {
  execFileSync(path.join(build, "gallery"), [path.join(root, "tests/gallery"), pages]);
  server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  address = `http://127.0.0.1:${server.address().port}`;
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
});

for (const name of ["components", "start", "service", "problem"])
  test(`the page of ${name} is accessible in every look, and standard HTML`, async () => {
    const visitor = await browser.visitor();
    await visitor.page.goto(`${address}/${name}.html`);

    await visitor.check(`gallery-${name}`);
    await checkMarkup(readFileSync(path.join(pages, `${name}.html`), "utf8"), name);
  });

test("the error summary is where reading starts, and its links lead to the inputs", async () => {
  const { page } = await browser.visitor();
  await page.goto(`${address}/components.html`);

  assert.equal(await page.evaluate(() => document.activeElement?.className), "govuk-error-summary");
  for (const [link, input] of [["AHV-Nummer", "ahv"], ["Februar", "born-day"], ["Ja oder Nein", "again"]]) {
    await page.locator(".govuk-error-summary a", { hasText: link }).click();
    assert.equal(await page.evaluate(() => document.activeElement?.id), input);
  }
});

test("suggestions can be chosen with the keyboard alone", async () => {
  const { page } = await browser.visitor();
  await page.goto(`${address}/start.html`);
  const input = page.getByRole("combobox");

  await input.pressSequentially("aar");
  await page.getByRole("option").first().waitFor();
  await input.press("ArrowDown");
  await input.press("ArrowDown");

  assert.equal(await input.getAttribute("aria-expanded"), "true");
  assert.equal(await page.locator('[aria-selected="true"]').textContent(), "Aarburg 4663");
  assert.equal(await page.getByRole("status").textContent(), "2 Vorschläge");
  await Promise.all([page.waitForURL(/gemeinde\?q=Aarburg/), input.press("Enter")]);
});

test("a second click sends the form only once", async () => {
  const { page } = await browser.visitor();
  let sent = 0;
  await page.route(`${address}/`, async (route) => {
    sent += 1;
    await new Promise((later) => setTimeout(later, 300));
    await route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Danke</title>" });
  });
  await page.goto(`${address}/components.html`);

  await page.locator("button.govuk-button").first().dblclick({ noWaitAfter: true });
  await page.waitForURL(`${address}/`);

  assert.equal(sent, 1);
});
