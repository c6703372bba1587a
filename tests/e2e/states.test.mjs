// The pages that the main journeys do not pass: what people see when something is missing, late or wrong. Each is
// looked at in every look, like all others.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { anna, fillForm, next, reloadUntil } from "./support/order.mjs";
import { Resident } from "./support/resident.mjs";
import { eventually, startPortal } from "./support/portal.mjs";

const service = "hauptwohnsitzbescheinigung";
let portal;
let browser;
let passerby; // somebody who only looks around
before(async () => {
  portal = await startPortal();
  browser = await openBrowser();
  passerby = await browser.visitor();
});
after(async () => {
  await browser?.close();
  await portal?.stop();
});

async function visitAt(path) {
  const visitor = await browser.visitor();
  await visitor.page.goto(portal.address + path);
  return visitor;
}

// Somebody whose browser has ordered without looking at each page.
async function visitAfter(resident) {
  const visitor = await browser.visitor();
  await visitor.page.context().addCookies([...resident.cookies].map(([name, value]) => ({ name, value, url: portal.address })));
  await visitor.page.goto(portal.address + resident.page);
  return visitor;
}

// What a bank reads from the printed certificate.
async function codeOn(page) {
  const link = await page.getByRole("link", { name: /PDF/ }).first().evaluate(({ href }) => href);
  const pdf = await (await page.context().request.get(link)).body();
  const text = execFileSync("pdftotext", ["-", "-"], { input: pdf, encoding: "utf8" });
  return text.match(/\/pruefen\/(\S+)/)[1];
}

async function logIn(email) {
  const clerk = await visitAt("/schalter");
  await clerk.page.getByLabel("E-Mail-Adresse").fill(email);
  await clerk.page.getByLabel("Passwort").fill("schalter-demo");
  await next(clerk.page, "Anmelden");
  return clerk;
}

async function order(email, person) {
  const resident = new Resident(portal.address, email, person);
  await resident.order();
  return resident;
}

const pages = {
  "search-empty": ["/suche?q=zauberstab", "Keine Dienstleistung gefunden"],
  "municipality-unknown": [`/leistungen/${service}/gemeinde?q=Atlantis`, "Wir finden keine Gemeinde dazu"],
  "municipality-former": ["/gemeinden?q=Turgi", "gehört seit 2024 zu"],
  "municipality-of-all-services": ["/aarau", "Einwohnerdienste"],
  "service-not-offered": [`/hirschthal/leistungen/${service}`, "bietet die Dienstleistung hier nicht an"],
  "service-not-taking-part": [`/densbueren/leistungen/${service}`, "nimmt am Portal noch nicht teil"],
  "draft-lost": ["/bestellung/01ARYZ6S41TSV4RRFFQ69G5FAV", "Wir finden diese Bestellung nicht"],
  "case-unknown": ["/vorgang/01ARYZ6S41TSV4RRFFQ69G5FAV", "Zu diesem Link gibt es keine Bestellung"],
  accessibility: ["/barrierefreiheit", "Erklärung zur Barrierefreiheit"],
  "data-protection": ["/datenschutz", "Datenschutz"],
  imprint: ["/impressum", "Impressum"],
  contact: ["/kontakt", "Kontakt und Rückmeldung"],
};
for (const [name, [path, text]] of Object.entries(pages))
  test(`${name} says what is so, and where to go from there`, async () => {
    await passerby.page.goto(portal.address + path);
    await passerby.page.getByText(text).first().waitFor();
    assert.ok((await passerby.page.getByRole("link").count()) > 5);
    await passerby.check(name);
  });

for (const language of ["fr", "it", "en"])
  test(`the way to the order is accessible in ${language}`, async () => {
    const visitor = await visitAt(`/?lang=${language}`);
    await visitor.check(`home-${language}`);
    const resident = new Resident(portal.address, `${language}@example.org`);
    const { location: draft } = await resident.send(`/aarau/leistungen/${service}`, {});
    await visitor.page.context().addCookies([...resident.cookies].map(([name, value]) => ({ name, value, url: portal.address })));
    await visitor.page.goto(`${portal.address}/aarau/leistungen/${service}`);
    await visitor.check(`draft-to-resume-${language}`);
    await visitor.page.goto(`${portal.address}${draft}/person`);
    await visitor.page.locator("main form button").first().click();
    await visitor.page.getByRole("alert").waitFor();
    await visitor.check(`form-errors-${language}`);
  });

test("a certificate by post costs its postage, and the parts are shown", async () => {
  const visitor = await visitAt(`/aarau/leistungen/${service}`);
  await fillForm({ ...visitor, check: async () => {} });
  const checkPage = visitor.page.url();
  await visitor.page.goto(checkPage.replace("/pruefen", "/delivery"));
  await visitor.page.getByLabel("Gedruckt per Post und als PDF").check();
  await next(visitor.page);
  await visitor.page.getByLabel("Anzahl gedruckte Exemplare").fill("0");
  await next(visitor.page);
  await visitor.check("form-copies-errors");
  await visitor.page.getByLabel("Anzahl gedruckte Exemplare").fill("3");
  await next(visitor.page);
  await visitor.page.goto(checkPage);
  await visitor.page.getByText("3 ×").first().waitFor();
  await visitor.check("check-answers-post");
});

test("a form that was open too long says that nothing is lost", async () => {
  const visitor = await visitAt(`/aarau/leistungen/${service}`);
  await visitor.page.context().clearCookies();
  await next(visitor.page, "Bestellung beginnen");
  await visitor.check("session-expired");
});

test("a payment page that is out of reach is said, and the order is kept", async () => {
  await portal.setPayrexx("gemeinde-4001", { api: "down" });
  try {
    const visitor = await visitAfter(await order("unreachable@example.org"));
    await Promise.all([visitor.page.waitForEvent("load"), visitor.page.getByRole("button", { name: /bezahlen/ }).click()]);
    await visitor.page.getByText("Ihre Bestellung ist gespeichert").waitFor();
    await visitor.check("payment-unavailable");
  } finally {
    await portal.reset();
  }
});

test("the order's page shows each state in plain words", async () => {
  const resident = await order("states@example.org", { ...anna, last: "Niemand" });
  const visitor = await visitAfter(resident);
  await visitor.check("case-awaiting-payment");
  await visitor.page.goto(`${portal.address}${resident.page}?zurueck=zahlung`);
  await visitor.check("case-payment-on-its-way");
  await resident.pay();
  await reloadUntil(visitor.page, "prüft Ihre Bestellung von Hand");
  await visitor.check("case-with-clerk");
});

test("too many tries are said, with the time to wait", async () => {
  const resident = await order("tries@example.org");
  const thief = await visitAt(resident.page);
  for (let attempt = 0; attempt < 12; ++attempt) {
    await thief.page.getByLabel("Tag").fill("1");
    await thief.page.getByLabel("Monat").fill("1");
    await thief.page.getByLabel("Jahr").fill(`${1990 + attempt}`);
    await next(thief.page, "Bestellung anzeigen");
    if ((await thief.page.getByText("Das waren zu viele Versuche").count()) > 0) break;
  }
  await thief.page.getByText("Das waren zu viele Versuche").first().waitFor();
  await thief.check("too-many-tries");
});

test("a login link works once, and an account without orders says so", async () => {
  const visitor = await visitAt("/konto");
  await visitor.page.getByLabel("E-Mail-Adresse").first().fill("newcomer@example.org");
  await next(visitor.page, "Link anfordern");
  const mail = await eventually("the mail with the login link", async () =>
    (await portal.mails("newcomer@example.org")).find(({ text }) => text.includes("/konto/anmelden/")),
  );
  const link = mail.text.match(/http:\S+\/konto\/anmelden\/\w+/)[0];
  await visitor.page.goto(link);
  await next(visitor.page, "Jetzt anmelden");
  await visitor.check("account-empty");
  await visitor.page.goto(link);
  await visitor.check("login-link-used");
});

test("a certificate is confirmed by its code, and revoked it is not", async () => {
  const resident = await order("certificate@example.org");
  await resident.pay();
  const visitor = await visitAfter(resident);
  await reloadUntil(visitor.page, "(PDF)");
  const clerk = await logIn("beat.amsler@aarau.example");
  await clerk.page.goto(`${portal.address}/schalter/vorgang/${resident.reference}`);
  await clerk.check("desk-case-with-document");
  const code = await codeOn(visitor.page);

  const bank = await visitAt(`/pruefen/${code}`);
  await bank.check("verify-valid");
  await clerk.page.getByText("Dokument widerrufen").first().click();
  await next(clerk.page, "Endgültig widerrufen");
  await clerk.check("desk-document-revoked");
  await bank.page.reload();
  await bank.check("verify-revoked");
});

test("a business system that no longer takes our secret is a disturbance that clerks see", async () => {
  await portal.setRegister("4001", "new_secret");
  try {
    const resident = await order("disturbed@example.org");
    await resident.pay();
    const clerk = await logIn("carla.bossi@aarau.example");
    await clerk.page.goto(`${portal.address}/schalter/stoerungen`);
    await reloadUntil(clerk.page, resident.reference);
    await clerk.check("desk-incident");
  } finally {
    await portal.reset();
  }
});
