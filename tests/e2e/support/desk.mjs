// A clerk at the desk, and an order that one has to look at.
import { next } from "./order.mjs";
import { Resident } from "./resident.mjs";

// Nobody of this name is in the register: a clerk decides.
export const neda = { first: "Neda", last: "Petrovic", day: "1", month: "2", year: "1990", email: "neda@example.org" };

// Orders and pays, and opens the order's page in a browser.
export async function orderOfNeda(portal, browser) {
  const resident = new Resident(portal.address, neda.email, neda);
  await resident.order();
  await resident.pay();
  const visitor = await browser.visitor();
  const cookies = [...resident.cookies].map(([name, value]) => ({ name, value, url: portal.address }));
  await visitor.page.context().addCookies(cookies);
  await visitor.page.goto(portal.address + resident.page);
  return { ...visitor, reference: resident.reference };
}

export async function logInAtDesk(portal, browser, email = "beat.amsler@aarau.example") {
  const clerk = await browser.visitor();
  await clerk.page.goto(`${portal.address}/schalter`);
  await clerk.page.getByLabel("E-Mail-Adresse").fill(email);
  await clerk.page.getByLabel("Passwort").fill("schalter-demo");
  await next(clerk.page, "Anmelden");
  return clerk;
}
