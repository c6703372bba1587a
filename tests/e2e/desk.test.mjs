// The clerk's promise: everything needed for a decision on one page. Once with scripts, once without.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { logInAtDesk, neda, orderOfNeda } from "./support/desk.mjs";
import { follow, next, reloadUntil } from "./support/order.mjs";
import { eventually, startPortal } from "./support/portal.mjs";

let portal;
before(async () => (portal = await startPortal()));
after(async () => portal?.stop());

for (const javaScript of [true, false])
  describe(`a clerk ${javaScript ? "with" : "without"} scripts`, () => {
    let browser;
    before(async () => (browser = await openBrowser({ javaScript })));
    after(async () => browser?.close());

    test("finds the order in the inbox, corrects a name, and the certificate goes out", async () => {
      const resident = await orderOfNeda(portal, browser);
      const clerk = await browser.visitor();
      await clerk.page.goto(`${portal.address}/schalter`);
      await clerk.check("desk-login");
      await next(clerk.page, "Anmelden");
      await clerk.check("desk-login-error");
      await clerk.page.getByLabel("E-Mail-Adresse").fill("beat.amsler@aarau.example");
      await clerk.page.getByLabel("Passwort").fill("schalter-demo");
      await next(clerk.page, "Anmelden");
      await reloadUntil(clerk.page, resident.reference);
      await clerk.check("desk-inbox");
      await follow(clerk.page, resident.reference);
      await reloadUntil(clerk.page, "Die Person wurde im Register nicht gefunden.");
      await clerk.check("desk-case");

      await next(clerk.page, "Aufgabe übernehmen");
      await next(clerk.page, "Entscheid abschliessen");
      await clerk.check("desk-case-error");
      await clerk.page.getByLabel("Korrigieren und bestätigen").check();
      await clerk.page.getByText("Angaben korrigieren", { exact: true }).click();
      await clerk.page.getByLabel("Nachname").fill("");
      await next(clerk.page, "Entscheid abschliessen");
      await clerk.check("desk-case-correction-error");
      await clerk.page.getByLabel("Nachname").fill("Petrović");
      await next(clerk.page, "Entscheid abschliessen");
      await reloadUntil(clerk.page, "Abgeschlossen");
      await clerk.check("desk-case-completed");

      await reloadUntil(resident.page, "(PDF)");
    });

    test("refuses an order, and the resident reads why and gets the money back", async () => {
      const resident = await orderOfNeda(portal, browser);
      const clerk = await logInAtDesk(portal, browser, "beat.amsler@aarau.example");
      await clerk.page.goto(`${portal.address}/schalter/vorgang/${resident.reference}`);
      await reloadUntil(clerk.page, "Aufgabe übernehmen");
      await clerk.page.getByLabel("Ablehnen").check();
      await clerk.page.getByLabel("Begründung oder Bemerkung").fill("Sie sind in Baden gemeldet.");
      await next(clerk.page, "Entscheid abschliessen");

      await reloadUntil(resident.page, "Sie sind in Baden gemeldet.");
      await resident.check("case-refused");
    });

    test("is told when a colleague was first", async () => {
      const resident = await orderOfNeda(portal, browser);
      const beat = await logInAtDesk(portal, browser, "beat.amsler@aarau.example");
      const carla = await logInAtDesk(portal, browser, "carla.bossi@aarau.example");
      for (const { page } of [beat, carla]) {
        await page.goto(`${portal.address}/schalter/vorgang/${resident.reference}`);
        await reloadUntil(page, "Aufgabe übernehmen");
      }
      await next(beat.page, "Aufgabe übernehmen");
      await next(carla.page, "Aufgabe übernehmen");

      assert.ok((await carla.page.getByText("Beat Amsler").count()) > 0);
      await carla.check("desk-taken");
    });

    test("sees that there is no disturbance", async () => {
      const clerk = await logInAtDesk(portal, browser, "beat.amsler@aarau.example");
      await clerk.page.goto(`${portal.address}/schalter/stoerungen`);
      await clerk.page.getByText("Es gibt keine Störungen.").waitFor();
      await clerk.check("desk-incidents");
    });
  });

test("a resident comes back by the link in a mail and the date of birth, and by the account", async () => {
  const browser = await openBrowser();
  try {
    const resident = await orderOfNeda(portal, browser);
    const mails = await eventually("the first mail", async () => {
      const found = (await portal.mails(neda.email)).filter(({ text }) => text.includes(resident.reference));
      return found.length > 0 && found;
    });
    const link = mails[0].text.match(/http:\S+\/vorgang\/\w+/)[0];
    const later = await browser.visitor();
    await later.page.goto(link);
    await later.check("second-factor");
    await later.page.getByLabel("Tag").fill("2");
    await later.page.getByLabel("Monat").fill("2");
    await later.page.getByLabel("Jahr").fill("1990");
    await next(later.page, "Bestellung anzeigen");
    await later.check("second-factor-error");
    await later.page.getByLabel("Tag").fill("1");
    await next(later.page, "Bestellung anzeigen");
    await later.page.getByText(resident.reference).first().waitFor();

    const account = await browser.visitor();
    await account.page.goto(`${portal.address}/konto`);
    await account.check("account-login");
    await account.page.getByLabel("E-Mail-Adresse").first().fill(neda.email);
    await next(account.page, "Link anfordern");
    await account.check("account-link-sent");
    const mail = await eventually("the mail with the login link", async () =>
      (await portal.mails(neda.email)).find(({ text }) => text.includes("/konto/anmelden/")),
    );
    await account.page.goto(mail.text.match(/http:\S+\/konto\/anmelden\/\w+/)[0]);
    await account.check("account-confirm");
    await next(account.page, "Jetzt anmelden");
    await account.page.getByText(resident.reference).first().waitFor();
    await account.check("account");
  } finally {
    await browser.close();
  }
});

test("a code is looked up, and a wrong one is said to be unknown", async () => {
  const browser = await openBrowser();
  try {
    const bank = await browser.visitor();
    await bank.page.goto(`${portal.address}/pruefen`);
    await bank.check("verify");
    await bank.page.getByRole("textbox").fill("ABCD-EFGH-JKMN-PQRS");
    await next(bank.page, "Prüfen");
    await bank.check("verify-unknown");
    await bank.page.goto(`${portal.address}/gibt-es-nicht/wirklich`);
    await bank.check("not-found");
  } finally {
    await browser.close();
  }
});
