// Residents and clerks talk about an order: messages, a correction, a withdrawal, a rating; and a form that is finished
// on another device. Once with scripts, once without.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { logInAtDesk, neda, orderOfNeda } from "./support/desk.mjs";
import { follow, next, reloadUntil } from "./support/order.mjs";
import { eventually, startPortal } from "./support/portal.mjs";

let portal;
before(async () => (portal = await startPortal()));
after(async () => portal?.stop());

async function clerkAt(browser, reference) {
  const clerk = await logInAtDesk(portal, browser);
  await clerk.page.goto(`${portal.address}/schalter/vorgang/${reference}`);
  await reloadUntil(clerk.page, "Aufgabe übernehmen");
  return clerk;
}

async function lastMail(to, part) {
  return eventually(`a mail to ${to} with «${part}»`, async () =>
    (await portal.mails(to)).reverse().find(({ subject }) => subject.includes(part)),
  );
}

for (const javaScript of [true, false])
  describe(`${javaScript ? "with" : "without"} scripts`, () => {
    let browser;
    before(async () => (browser = await openBrowser({ javaScript })));
    after(async () => browser?.close());

    test("a clerk asks, the resident answers and corrects the name, and rates how it went", async () => {
      const resident = await orderOfNeda(portal, browser);
      const clerk = await clerkAt(browser, resident.reference);
      await clerk.page.getByText("Der Person schreiben").click();
      await next(clerk.page, "Nachricht senden");
      await clerk.check("desk-message-error");
      await clerk.page.getByLabel("Nachricht an die Person").fill("Wie schreibt sich Ihr Nachname?");
      await clerk.page.getByLabel("Die Person soll ihre Angaben korrigieren").check();
      await next(clerk.page, "Nachricht senden");
      await clerk.page.getByText("Wartet auf Korrektur").waitFor();
      await clerk.check("desk-messages");

      const mail = await lastMail(neda.email, `Nachricht zu ${resident.reference}`);
      assert.ok(!mail.text.includes("Nachname"), "the mail does not say what was written");
      await reloadUntil(resident.page, "Wie schreibt sich Ihr Nachname?");
      await resident.page.getByLabel("Ihre Nachricht").fill("Mit ć am Ende.");
      await next(resident.page, "Nachricht senden");
      await resident.page.getByText("Mit ć am Ende.").first().waitFor();
      await resident.check("case-messages");
      await next(resident.page, "Angaben korrigieren").catch(() => follow(resident.page, "Angaben korrigieren"));
      await resident.page.getByLabel("Nachname").fill("");
      await next(resident.page, "Korrigierte Angaben senden");
      await resident.check("correction-error");
      await resident.page.getByLabel("Nachname").fill("Petrović");
      await next(resident.page, "Korrigierte Angaben senden");
      assert.equal(await resident.page.getByText("Angaben korrigieren").count(), 0);

      await clerk.page.reload();
      await clerk.page.getByText("Mit ć am Ende.").waitFor();
      assert.equal(await clerk.page.getByText("Wartet auf Korrektur").count(), 0);
      assert.ok((await clerk.page.getByText("Petrović").count()) > 0);
      await clerk.page.getByLabel("Bestätigen", { exact: true }).check();
      await next(clerk.page, "Entscheid abschliessen");

      await reloadUntil(resident.page, "(PDF)");
      await next(resident.page, "Bewertung senden");
      await resident.check("rating-error");
      await resident.page.getByLabel("Sehr zufrieden").check();
      await resident.page.getByLabel(/Was können wir besser machen/).fill("Nichts.");
      await next(resident.page, "Bewertung senden");
      await resident.page.getByText("Danke für Ihre Bewertung.").waitFor();
    });

    test("a resident withdraws an order that the clerk has not decided, and gets the money back", async () => {
      const resident = await orderOfNeda(portal, browser);
      const clerk = await clerkAt(browser, resident.reference);
      await resident.page.reload();
      await resident.page.getByText("Bestellung zurückziehen").click();
      await next(resident.page, "Jetzt zurückziehen");

      await reloadUntil(resident.page, "Sie haben die Bestellung zurückgezogen.");
      await resident.check("case-withdrawn");
      await lastMail(neda.email, `Rückzug von ${resident.reference}`);
      await clerk.page.reload();
      assert.equal(await clerk.page.getByText("Entscheid abschliessen").count(), 0);
    });

    test("a form is begun on one device and finished on another, with the code or the date of birth", async () => {
      const phone = await browser.visitor();
      await phone.page.goto(`${portal.address}/brugg/leistungen/hauptwohnsitzbescheinigung`);
      await next(phone.page, "Bestellung beginnen");
      await phone.page.getByLabel("Vornamen").fill("Neda");
      await next(phone.page, "Speichern und später weiterfahren");
      await phone.page.getByLabel("E-Mail-Adresse").fill("neda");
      await next(phone.page, "Link schicken");
      await phone.check("later-error");
      const to = `spaeter-${javaScript}@example.org`;
      await phone.page.getByLabel("E-Mail-Adresse").fill(to);
      await next(phone.page, "Link schicken");
      await phone.check("later-sent");
      const code = await phone.page.locator(".portal-big-code").innerText();
      const mail = await lastMail(to, "Weiterfahren");
      assert.ok(!mail.text.includes(code), "the code is not in the mail");

      const laptop = await browser.visitor();
      await laptop.page.goto(mail.text.match(/http:\S+\/weiterfahren\/\w+/)[0]);
      await laptop.check("resume");
      await laptop.page.getByLabel("Code").fill("000000");
      await next(laptop.page, "Weiterfahren");
      await laptop.check("resume-error");
      await laptop.page.getByLabel("Code").fill(code.toLowerCase());
      await next(laptop.page, "Weiterfahren");
      assert.equal(await laptop.page.getByLabel("Vornamen").inputValue(), "Neda");

      await phone.page.goto(laptop.page.url());
      await phone.page.getByText("Wir finden diese Bestellung nicht").first().waitFor();
    });

    test("somebody wishes a service that their municipality does not offer, and is counted once", async () => {
      const visitor = await browser.visitor();
      await visitor.page.goto(`${portal.address}/oberhof/leistungen/hauptwohnsitzbescheinigung`);
      const before = await visitor.page.getByText(/möchten? das nutzen/).count();
      await next(visitor.page, "Das würde ich nutzen");
      await visitor.page.getByText("Danke. Ihr Wunsch ist gezählt.").waitFor();
      await visitor.check("wish");
      await visitor.page.reload();

      assert.equal(await visitor.page.getByRole("button", { name: "Das würde ich nutzen" }).count(), 0);
      assert.ok((await visitor.page.getByText(/möchten? das nutzen/).count()) >= before);
    });
  });
