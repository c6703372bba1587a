// Every service of the catalogue can be ordered as its form asks, reaches the clerk, and comes back decided.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { logInAtDesk } from "./support/desk.mjs";
import { checkMarkup } from "./support/markup.mjs";
import { next } from "./support/order.mjs";
import { eventually, startPortal } from "./support/portal.mjs";
import { anna, Resident } from "./support/resident.mjs";

const day = 24 * 3600 * 1000;
const email = "anna@example.org";
let portal, services;

before(async () => {
  portal = await startPortal();
  services = await allOf("/api/v1/services");
});
after(async () => portal?.stop());

async function ask(path) {
  const response = await fetch(portal.address + path);
  assert.equal(response.status, 200, path);
  return response.json();
}

async function allOf(path) {
  const items = [];
  for (let cursor = ""; cursor !== undefined; ) {
    const page = await ask(`${path}?limit=50${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    items.push(...page.items);
    cursor = page.next ?? undefined;
  }
  return items;
}

const person = {
  "person.first_name": anna.first,
  "person.last_name": anna.last,
  "person.date_of_birth-day": anna.day,
  "person.date_of_birth-month": anna.month,
  "person.date_of_birth-year": anna.year,
};

// An answer that fits the question; dates lie in the past or ahead.
function answer({ type, answers: [key], options, minimum, maximum }, ahead) {
  const date = new Date(Date.now() + (ahead ? 30 : -400) * day);
  switch (type) {
    case "email": return [[key, email]];
    case "phone": return [[key, "056 123 45 67"]];
    case "date": return [[`${key}-day`, date.getDate()], [`${key}-month`, date.getMonth() + 1], [`${key}-year`, date.getFullYear()]];
    case "time": return [[key, "10.30"]];
    case "ahv": return [[key, "756.9217.0769.85"]];
    case "iban": return [[key, "CH93 0076 2011 6238 5295 7"]];
    case "uid": return [[key, "CHE-109.186.555"]];
    case "address": return [[key, "Bahnhofstrasse"], [key.replace(/street$/, "house_number"), "1"], [key.replace(/street$/, "postal_code"), "5000"], [key.replace(/street$/, "town"), "Aarau"]];
    case "postal_code": return [[key, "5000"]];
    case "municipality": return [[key, "Brugg"]];
    case "radio":
    case "select":
    case "checkboxes": return [[key, options[0].value]];
    case "number": return [[key, Math.min(Math.max(minimum ?? 1, 1), maximum ?? Infinity)]];
    case "money": return [[key, Math.max(minimum ?? 10000, 100) / 100]];
    case "yesno":
    case "declaration": return [[key, "yes"]];
    default: return [[key, "Angabe"]];
  }
}

// Goes through the form page by page, as its definition says, and orders.
async function order(service) {
  const resident = new Resident(portal.address, email);
  const form = await ask(`/api/v1/services/${service}/form`);
  const begun = await resident.send(`/aarau/leistungen/${service}`, {});
  assert.equal(begun.status, 303, begun.text);
  let at = (await resident.open(begun.location)).location;
  for (let pages = 0; !at.endsWith("/pruefen"); ++pages) {
    assert.ok(pages < 40, `${service} does not end`);
    const shown = await resident.open(at);
    assert.equal(shown.status, 200, `${service}: ${at}`);
    await checkMarkup(shown.text, `${service}: ${at}`);
    const { questions } = form.pages.find(({ id }) => at.endsWith(`/${id}`));
    const asked = questions.filter(({ answers: [key] }) => shown.text.includes(`name="${key}"`) || shown.text.includes(`name="${key}-day"`));
    const filled = (ahead) => ({ ...Object.fromEntries(asked.flatMap((question) => answer(question, ahead))), ...(at.endsWith("/person") ? person : {}), csrf: resident.token });
    let sent = await resident.ask(portal.address + at, filled(false));
    if (sent.status === 422) sent = await resident.ask(portal.address + at, filled(true));
    assert.equal(sent.status, 303, `${service}: ${at}\n${sent.text.match(/govuk-error-summary[\s\S]*?<\/ul>/)?.[0]}`);
    at = sent.location;
  }
  const check = await resident.open(at);
  assert.equal(check.status, 200, check.text);
  await checkMarkup(check.text, `${service}: ${at}`);
  const ordered = await resident.ask(portal.address + at, { csrf: resident.token });
  assert.equal(ordered.status, 303, ordered.text);
  resident.page = (await resident.open(at)).location;
  resident.reference = (await resident.open(resident.page)).text.match(/AG-\d+-\w{4}-\w{4}/)[0];
  const costs = /Jetzt CHF[^<]* bezahlen/.test(check.text);
  if (costs) await resident.pay();
  return resident;
}

test("every service of the catalogue is ordered, and waits for a clerk", async (t) => {
  const here = services.filter(({ orderedAt }) => !orderedAt);
  assert.ok(here.length >= 59, `${here.length} services are ordered here`);
  for (const { id } of here)
    await t.test(id, async () => {
      const resident = await order(id);
      await eventually(`${id} in front of a clerk`, async () => (await resident.open(resident.page)).text.includes("Wird von der Gemeinde geprüft"));
    });
});

test("services of the canton and the Confederation are found beside the others, and lead there", async () => {
  const elsewhere = services.filter(({ orderedAt }) => orderedAt);
  assert.ok(elsewhere.some(({ level }) => level === "canton") && elsewhere.some(({ level }) => level === "confederation"));
  for (const { id, orderedAt } of elsewhere) {
    const page = await (await fetch(`${portal.address}/leistungen/${id}?lang=de`)).text();
    assert.ok(orderedAt.startsWith("https://"), orderedAt);
    assert.match(page, /href="https:\/\/[^"]+" role="button"/, id);
    assert.equal((await fetch(`${portal.address}/leistungen/${id}/gemeinde`)).status, 404);
  }
});

test("every service's page is standard HTML in all four languages", async () => {
  for (const { id } of services)
    for (const language of ["de", "fr", "it", "en"]) {
      const path = `/leistungen/${id}?lang=${language}`;
      const html = await (await fetch(portal.address + path)).text();
      assert.ok(html.includes(`<html lang="${language}`), path);
      await checkMarkup(html, path);
    }
});

test("a clerk answers an order that needs no document, and the resident reads it", async () => {
  const browser = await openBrowser();
  try {
    const resident = await order("hund-abmelden");
    const clerk = await logInAtDesk(portal, browser);
    await eventually("the task", async () => {
      await clerk.page.goto(`${portal.address}/schalter/vorgang/${resident.reference}`);
      return clerk.page.getByLabel("Bestätigen", { exact: true }).count();
    });
    await clerk.check("desk-case-plain");
    await clerk.page.getByLabel("Bestätigen", { exact: true }).check();
    await clerk.page.getByLabel("Begründung oder Bemerkung").fill("Der Hund ist abgemeldet.");
    await next(clerk.page, "Entscheid abschliessen");

    await eventually("the answer", async () => (await resident.open(resident.page)).text.includes("Der Hund ist abgemeldet."));
    await eventually("a mail about it", async () => (await portal.mails(email)).some(({ subject }) => subject.includes(`${resident.reference} ist erledigt`)));
  } finally {
    await browser.close();
  }
});

test("an order for a regional office goes to its seat", async () => {
  const found = await (await fetch(`${portal.address}/leistungen/geburtsurkunde/gemeinde?q=biberstein`)).text();
  assert.match(found, /Zuständig ist das Amt in Aarau/);
  assert.match(found, /href="\/aarau\/leistungen\/geburtsurkunde"/);
  const linked = await fetch(`${portal.address}/biberstein/leistungen/geburtsurkunde`, { redirect: "manual" });
  assert.equal(linked.headers.get("location"), "/aarau/leistungen/geburtsurkunde");
});

test("the catalogue's pages are accessible in every look", async () => {
  const browser = await openBrowser();
  try {
    const visitor = await browser.visitor();
    for (const [name, path] of Object.entries({
      "all-services": "/leistungen",
      "life-event": "/leistungen?lebenslage=moving",
      "town": "/aarau",
      "town-search": "/aarau?q=umzug",
      "town-outside": "/oberhof",
      "town-embedding": "/aarau/einbetten",
      "service-elsewhere": "/leistungen/strafregisterauszug",
      "service-of-town": "/aarau/leistungen/zuzug",
    })) {
      await visitor.page.goto(portal.address + path);
      await visitor.check(name);
    }
  } finally {
    await browser.close();
  }
});
