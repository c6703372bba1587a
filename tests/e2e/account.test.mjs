// A resident's account: password, code from the telephone, sessions, a copy of the data, another address, and the end.
// Once with scripts, once without.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { checkMarkup } from "./support/markup.mjs";
import { next } from "./support/order.mjs";
import { eventually, startPortal } from "./support/portal.mjs";
import { Resident } from "./support/resident.mjs";

const password = "vier kurze Wörter hier";
const security = "/konto/sicherheit";

// One for each suite: nobody may try as often as both together do.
let portal;

// The newest mail to an address with a link below this path that was not used yet.
const used = new Set();
async function linkTo(email, path) {
  const pattern = new RegExp(`http:\\S+${path}/\\w+`);
  return eventually(`a mail to ${email} with a link below ${path}`, async () => {
    const links = (await portal.mails(email)).map(({ text }) => text.match(pattern)?.[0]);
    const link = links.find((each) => each && !used.has(each));
    if (link) used.add(link);
    return link;
  });
}

async function logInByLink({ page, check }, email, target = security) {
  await page.goto(`${portal.address}/konto/anmelden?weiter=${target}`);
  await check("account-login");
  await page.locator("#email").fill(email);
  await next(page, "Link anfordern");
  await page.goto(await linkTo(email, "/konto/anmelden"));
  await next(page, "Jetzt anmelden");
}

async function logInByPassword({ page, check }, email, typed) {
  await page.goto(`${portal.address}/konto/anmelden?weiter=${security}`);
  await page.locator("#account_email").fill(email);
  await page.getByLabel("Passwort").fill(typed);
  await next(page, "Anmelden");
}

// As the portal sends it to this person.
async function checkOwnMarkup(page, path, language = "de") {
  const response = await page.context().request.get(portal.address + path);
  const html = await response.text();
  assert.equal(response.status(), 200, path);
  assert.ok(html.includes(`<html lang="${language}`), path);
  await checkMarkup(html, path);
}

// What an app on the telephone shows (RFC 6238); each code of it is good once.
class Telephone {
  #steps = new Set();
  constructor(address) {
    const letters = new URL(address).searchParams.get("secret");
    const bits = [...letters].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"));
    this.secret = Buffer.from(bits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  }

  code(step) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const digest = createHmac("sha1", this.secret).update(counter).digest();
    const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
  }

  // Nobody waits here: this step's code and the next one's are taken, also when the step ends on the way.
  unusedCode() {
    const now = Math.floor(Date.now() / 30_000);
    const step = [now, now + 1].find((each) => each > Math.max(0, ...this.#steps));
    assert.ok(step, "both codes are used up");
    this.#steps.add(step);
    return this.code(step);
  }
}

for (const javaScript of [true, false])
  describe(`a resident ${javaScript ? "with" : "without"} scripts`, () => {
    const email = `account-${javaScript ? "scripts" : "plain"}@example.org`;
    let browser;
    let telephone;
    let recoveryCodes;
    before(async () => {
      portal = await startPortal();
      browser = await openBrowser({ javaScript });
    });
    after(async () => {
      await browser?.close();
      await portal?.stop();
    });

    test("sets a password and logs in with it", async () => {
      const visitor = await browser.visitor();
      const { page } = visitor;
      await logInByLink(visitor, email);
      await visitor.check("security");
      await page.goto(`${portal.address}${security}/passwort`);
      await page.getByLabel("Neues Passwort").fill("kurz");
      await next(page, "Passwort speichern");
      assert.match(await page.title(), /^Fehler: /);
      await visitor.check("password-errors");
      await page.getByLabel("Neues Passwort").fill(password);
      await next(page, "Passwort speichern");
      await page.getByRole("alert").getByText("Passwort gesetzt").waitFor();
      await visitor.check("password-set");

      const other = await browser.visitor();
      await logInByPassword(other, email, "etwas ganz anderes");
      assert.match(await other.page.title(), /^Fehler: /);
      await other.check("account-login-errors");
      await logInByPassword(other, email, password);
      await other.page.getByRole("heading", { level: 1, name: "Anmeldung und Sicherheit" }).waitFor();
      for (const language of ["fr", "it", "en", "de"])
        for (const path of [security, `${security}/passwort`, `${security}/code`, `${security}/adresse`, "/konto/loeschen"])
          await checkOwnMarkup(other.page, `${path}?lang=${language}`, language);
    });

    test("ends a session that is open elsewhere", async () => {
      const here = await browser.visitor();
      const elsewhere = await browser.visitor();
      await logInByPassword(elsewhere, email, password);
      await logInByPassword(here, email, password);
      await here.check("security-sessions");
      await next(here.page, "Überall sonst abmelden");
      await here.page.getByRole("alert").getByText("Alle anderen Sitzungen beendet").waitFor();
      await elsewhere.page.goto(`${portal.address}/konto`);
      assert.match(elsewhere.page.url(), /\/konto\/anmelden\?/);
      await here.page.goto(`${portal.address}/konto`);
      assert.match(here.page.url(), /\/konto$/);
    });

    test("adds a second step, and logs in with codes and a recovery code", async () => {
      const visitor = await browser.visitor();
      const { page } = visitor;
      await logInByPassword(visitor, email, password);
      await page.goto(`${portal.address}${security}/code`);
      await visitor.check("second-step");
      await next(page, "Zweiten Schritt einrichten");
      await visitor.check("second-step-secret");
      await checkOwnMarkup(page, `${security}/code`);
      telephone = new Telephone(await page.getByRole("link", { name: "In einer App" }).getAttribute("href"));
      await page.getByLabel("Code aus der App").fill("12");
      await next(page, "Bestätigen");
      assert.match(await page.title(), /^Fehler: /);
      await page.getByLabel("Code aus der App").fill(telephone.unusedCode());
      await next(page, "Bestätigen");
      await page.getByRole("heading", { level: 1, name: "Ihre Ersatzcodes" }).waitFor();
      recoveryCodes = await page.locator("code").allTextContents();
      assert.equal(recoveryCodes.length, 10);
      await visitor.check("recovery-codes");

      const again = await browser.visitor();
      await logInByPassword(again, email, password);
      await again.check("login-code");
      await next(again.page, "Anmelden");
      await again.check("login-code-errors");
      await again.page.getByLabel("Code aus der App").fill(telephone.unusedCode());
      await next(again.page, "Anmelden");
      await again.page.goto(`${portal.address}${security}/code`);
      await again.check("second-step-on");

      const lost = await browser.visitor();
      await logInByLink(lost, email);
      await lost.page.getByLabel("Code aus der App").fill(recoveryCodes[0]);
      await next(lost.page, "Anmelden");
      await lost.page.getByText("Ersatzcode benutzt").first().waitFor();
    });

    test("takes a copy of the data along", async () => {
      const resident = new Resident(portal.address, email);
      await resident.order();
      const visitor = await browser.visitor();
      await logInByPassword(visitor, email, password);
      await visitor.page.getByLabel("Code aus der App").fill(recoveryCodes[1]);
      await next(visitor.page, "Anmelden");
      await visitor.page.goto(`${portal.address}/konto/loeschen`);
      await visitor.check("leave");
      const [download] = await Promise.all([
        visitor.page.waitForEvent("download"),
        visitor.page.getByRole("button", { name: "Daten herunterladen" }).click(),
      ]);
      const data = JSON.parse(readFileSync(await download.path(), "utf8"));
      assert.equal(data.account.email, email);
      assert.deepEqual(data.orders.map(({ reference }) => reference), [resident.reference]);
    });

    test("changes the address by both mailboxes, then deletes the account", async () => {
      const visitor = await browser.visitor();
      const { page } = visitor;
      const newEmail = `new-${email}`;
      await logInByPassword(visitor, email, password);
      await page.getByLabel("Code aus der App").fill(recoveryCodes[2]);
      await next(page, "Anmelden");
      await page.goto(`${portal.address}${security}/adresse`);
      await page.getByLabel("Neue E-Mail-Adresse").fill("niemand");
      await next(page, "Links anfordern");
      await visitor.check("address-errors");
      await page.getByLabel("Neue E-Mail-Adresse").fill(newEmail);
      await next(page, "Links anfordern");
      await page.goto(await linkTo(newEmail, "/konto/adresse"));
      await visitor.check("address-confirm");
      await next(page, "Bestätigen");
      await visitor.check("address-waits");
      await page.goto(await linkTo(email, "/konto/adresse"));
      await next(page, "Bestätigen");
      await page.getByRole("heading", { level: 1, name: "Ihre E-Mail-Adresse ist geändert" }).waitFor();
      await page.goto(`${portal.address}/konto`);
      await page.getByText(newEmail).first().waitFor();
      assert.equal(await page.getByText(/AG-4001-/).count() > 0, true);

      await page.goto(`${portal.address}/konto/loeschen`);
      await next(page, "Konto endgültig löschen");
      await page.getByRole("heading", { level: 1, name: "Ihr Konto ist gelöscht" }).waitFor();
      await visitor.check("left");
      await page.goto(`${portal.address}/konto`);
      assert.match(page.url(), /\/konto\/anmelden\?/);
    });
  });
