// The main promise: a resident orders a certificate of residence, pays, and gets it. Once with scripts, once without.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { checkMarkup } from "./support/markup.mjs";
import { eventually, startPortal } from "./support/portal.mjs";

let portal;
before(async () => (portal = await startPortal()));
after(async () => portal?.stop());

// Somebody whom every register knows, so that the certificate comes without a clerk.
const anna = { first: "Anna Maria", last: "Keller", day: "12", month: "3", year: "1984", email: "anna@example.org" };

async function next(page, name = "Weiter") {
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name, exact: true }).click()]);
}

// Waits for the page that is shown when what the portal does in the background is done.
async function reloadUntil(page, text) {
  await eventually(`«${text}» on the page`, async () => {
    await page.reload();
    return (await page.getByText(text).count()) > 0;
  });
}

async function findService({ page, check }) {
  await page.goto(portal.address);
  await check("home");
  await page.getByRole("searchbox").fill("wohnsitzbescheinigng");
  await next(page, "Suchen");
  await check("search");
  await page.getByRole("link", { name: "Hauptwohnsitzbescheinigung" }).click();
  await check("service");
  await page.getByRole("button", { name: "Gemeinde wählen und bestellen" }).click();
  await page.getByLabel("Name der Gemeinde").fill("5000");
  await next(page, "Gemeinde suchen");
  await check("municipality");
  await page.getByRole("link", { name: "Aarau", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Hauptwohnsitzbescheinigung" }).waitFor();
  await check("service-of-aarau");
}

async function fillForm({ page, check }) {
  await next(page, "Bestellung beginnen");
  await next(page);
  assert.match(await page.title(), /^Fehler: /);
  await check("form-errors");

  await page.getByLabel("Vornamen").fill(anna.first);
  await page.getByLabel("Nachname").fill(anna.last);
  await page.getByLabel("Tag").fill(anna.day);
  await page.getByLabel("Monat").fill(anna.month);
  await page.getByLabel("Jahr").fill(anna.year);
  await next(page);
  await page.getByLabel("Strasse").fill("Bahnhofstrasse");
  await page.getByLabel("Hausnummer").fill("1");
  await page.getByLabel("Postleitzahl").fill("5000");
  await page.getByLabel("Ort", { exact: true }).fill("Aarau");
  await next(page);
  await page.getByLabel("Deutsch").check();
  await check("form");
  await next(page);
  await page.getByRole("radio").first().check();
  await next(page);
  await page.getByLabel("E-Mail-Adresse").fill(anna.email);
  await next(page);
  await page.getByText("Anna Maria").first().waitFor();
  await check("check-answers");
}

async function pay({ page }, button) {
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: /^Jetzt CHF .* bezahlen$/ }).click()]);
  if (await page.getByRole("button", { name: /bezahlen/i }).count() && page.url().startsWith(portal.address))
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: /bezahlen/i }).click()]);
  await page.waitForURL((url) => !url.href.startsWith(portal.address));
  await page.getByRole("radio").first().check();
  await page.locator(`button[value="${button}"]`).click();
}

for (const javaScript of [true, false])
  describe(`a resident ${javaScript ? "with" : "without"} scripts`, () => {
    let browser;
    before(async () => (browser = await openBrowser({ javaScript })));
    after(async () => browser?.close());

    test("finds the service, orders, pays and gets the certificate", async () => {
      const visitor = await browser.visitor();
      await findService(visitor);
      await fillForm(visitor);
      await pay(visitor, "pay");
      await visitor.page.waitForURL((url) => url.href.startsWith(portal.address));

      await reloadUntil(visitor.page, "(PDF)");

      await visitor.check("case-completed");
      const [download] = await Promise.all([
        visitor.page.context().request.get(await visitor.page.getByRole("link", { name: /PDF/ }).first().evaluate((link) => link.href)),
      ]);
      assert.equal((await download.body()).subarray(0, 5).toString(), "%PDF-");
      await eventually("a mail about the certificate", async () => (await portal.mails(anna.email)).length > 0);
    });

    test("does not lose the order when the payment is cancelled", async () => {
      const visitor = await browser.visitor();
      await visitor.page.goto(`${portal.address}/aarau/leistungen/hauptwohnsitzbescheinigung`);
      await fillForm(visitor);
      await pay(visitor, "cancel");
      await visitor.page.waitForURL((url) => url.href.startsWith(portal.address));

      await visitor.page.getByRole("button", { name: /bezahlen/i }).waitFor();

      await visitor.check("case-unpaid");
    });
  });

test("every public page is standard HTML in all four languages", async () => {
  const paths = ["/", "/suche?q=wohnsitz", "/gemeinden?q=brugg", "/aarau", "/leistungen/hauptwohnsitzbescheinigung", "/barrierefreiheit", "/datenschutz", "/impressum", "/kontakt"];
  for (const path of paths)
    for (const language of ["de", "fr", "it", "en"]) {
      const url = new URL(path, portal.address);
      url.searchParams.set("lang", language);
      const response = await fetch(url);
      const html = await response.text();

      assert.equal(response.status, 200, url.href);
      assert.ok(html.includes(`<html lang="${language}`), url.href);
      await checkMarkup(html, url.pathname + url.search);
    }
});
