// The main promise: a resident orders a certificate of residence, pays, and gets it. Once with scripts, once without.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { checkMarkup } from "./support/markup.mjs";
import { anna, fillForm, findService, pay, reloadUntil } from "./support/order.mjs";
import { eventually, startPortal } from "./support/portal.mjs";

let portal;
before(async () => (portal = await startPortal()));
after(async () => portal?.stop());

for (const javaScript of [true, false])
  describe(`a resident ${javaScript ? "with" : "without"} scripts`, () => {
    let browser;
    before(async () => (browser = await openBrowser({ javaScript })));
    after(async () => browser?.close());

    test("finds the service, orders, pays and gets the certificate", async () => {
      const visitor = await browser.visitor();
      await findService(visitor, portal);
      await fillForm(visitor);
      await pay(visitor, portal, "pay");
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
      await pay(visitor, portal, "cancel");
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
