// What a resident does to order a certificate of residence, step by step; each step looks at its pages.
import assert from "node:assert/strict";
import { eventually } from "./portal.mjs";

// Somebody whom every register knows, so that the certificate comes without a clerk.
export const anna = { first: "Anna Maria", last: "Keller", day: "12", month: "3", year: "1984", email: "anna@example.org" };

export async function next(page, name = "Weiter") {
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name, exact: true }).click()]);
}

export async function follow(page, name) {
  await Promise.all([page.waitForEvent("load"), page.getByRole("link", { name, exact: true }).click()]);
}

// Waits for the page that is shown when what the portal does in the background is done.
export async function reloadUntil(page, text) {
  await eventually(`«${text}» on the page`, async () => {
    await page.reload();
    return (await page.getByText(text).count()) > 0;
  });
}

export async function findService({ page, check }, portal) {
  await page.goto(portal.address);
  await check("home");
  await page.getByRole("searchbox").fill("wohnsitzbescheinigng");
  await next(page, "Suchen");
  await check("search");
  await follow(page, "Hauptwohnsitzbescheinigung");
  await check("service");
  await next(page, "Gemeinde wählen und bestellen");
  await page.getByLabel("Name der Gemeinde").and(page.locator("input")).fill("5000");
  await next(page, "Gemeinde suchen");
  await check("municipality");
  await follow(page, "Aarau");
  await page.getByRole("heading", { level: 1, name: "Hauptwohnsitzbescheinigung" }).waitFor();
  await check("service-of-aarau");
}

export async function fillForm({ page, check }, person = anna) {
  await next(page, "Bestellung beginnen");
  await next(page);
  assert.match(await page.title(), /^Fehler: /);
  await check("form-errors");

  await page.getByLabel("Vornamen").fill(person.first);
  await page.getByLabel("Nachname").fill(person.last);
  await page.getByLabel("Tag").fill(person.day);
  await page.getByLabel("Monat").fill(person.month);
  await page.getByLabel("Jahr").fill(person.year);
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
  await page.getByLabel("E-Mail-Adresse").fill(person.email);
  await next(page);
  await page.getByText(person.first).first().waitFor();
  await check("check-answers");
}

export async function pay({ page }, portal, button) {
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: /^Jetzt CHF .* bezahlen$/ }).click()]);
  if (await page.getByRole("button", { name: /bezahlen/i }).count() && page.url().startsWith(portal.address))
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: /bezahlen/i }).click()]);
  await page.waitForURL((url) => !url.href.startsWith(portal.address));
  await page.getByRole("radio").first().check();
  await page.locator(`button[value="${button}"]`).click();
}
