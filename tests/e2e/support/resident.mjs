// A resident without a browser: keeps cookies, sends forms, and tries again when nobody answers, as people do.
import assert from "node:assert/strict";
import { eventually } from "./portal.mjs";

export const anna = { first: "Anna Maria", last: "Keller", day: "12", month: "3", year: "1984" };

export class Resident {
  constructor(address, email, person = anna) {
    this.address = address;
    this.email = email;
    this.person = person;
    this.cookies = new Map();
  }

  async ask(url, form) {
    const headers = { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
    const body = form && new URLSearchParams(form);
    const response = await eventually(`an answer from ${url}`, () =>
      fetch(url, { method: form ? "POST" : "GET", headers, body, redirect: "manual" }).catch(() => undefined),
    );
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
      this.cookies.set(name, value);
    }
    return { status: response.status, location: response.headers.get("location"), text: await response.text().catch(() => "") };
  }

  async open(path) {
    const page = await this.ask(this.address + path);
    this.token = page.text.match(/name="csrf" value="([^"]*)"/)?.[1] ?? this.token;
    return page;
  }

  // The page of the form is sent until it is taken: an answer may get lost after the portal has kept it.
  async send(path, form) {
    await this.open(path);
    return this.ask(this.address + path, { ...form, csrf: this.token });
  }

  async order() {
    const begun = await this.send("/aarau/leistungen/hauptwohnsitzbescheinigung", {});
    const draft = begun.location;
    const pages = {
      person: {
        "person.first_name": this.person.first,
        "person.last_name": this.person.last,
        "person.date_of_birth-day": this.person.day,
        "person.date_of_birth-month": this.person.month,
        "person.date_of_birth-year": this.person.year,
      },
      address: { "address.street": "Bahnhofstrasse", "address.house_number": "1", "address.postal_code": "5000", "address.town": "Aarau" },
      certificate: { "certificate.language": "de" },
      delivery: { "delivery.way": "online" },
      contact: { "contact.email": this.email },
    };
    for (const [page, fields] of Object.entries(pages)) {
      const taken = await this.send(`${draft}/${page}`, fields);
      assert.equal(taken.status, 303, `${page}: ${taken.text}`);
    }
    // Twice, as people do who see nothing happen.
    await this.open(`${draft}/pruefen`);
    await Promise.all([1, 2].map(() => this.ask(`${this.address}${draft}/pruefen`, { csrf: this.token })));
    const again = await this.open(`${draft}/pruefen`);
    assert.match(again.location ?? "", /^\/vorgang\//, again.text);
    this.page = again.location;
    this.reference = (await this.open(this.page)).text.match(/AG-4001-\w{4}-\w{4}/)[0];
  }

  async pay() {
    const payment = await eventually(`a payment page for ${this.reference}`, async () => {
      const { location } = await this.send(`${this.page}/bezahlen`, {});
      return location?.startsWith("http") && !location.startsWith(this.address) && location;
    });
    const page = new URL(payment);
    const paid = await this.ask(`${page.origin}/bezahlen`, { payment: page.searchParams.get("payment"), method: "twint", action: "pay" });
    assert.equal(paid.status, 303, paid.text);
  }

  async hasCertificate() {
    return (await this.open(this.page)).text.includes("(PDF)");
  }
}
