// The program is killed (SIGKILL) again and again while people order: no order is lost, none is paid twice, none is
// delivered twice. The moments are random; SCHALTER_SEED repeats a run as far as the machine lets it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, startTown } from "./support/town.mjs";

const kills = 50;
const residents = 24;
const seed = Number(process.env.SCHALTER_SEED ?? Date.now() % 1e9);

// A linear congruential generator: the same numbers for the same seed.
function chance(start) {
  let state = start >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

// A person with a browser that keeps cookies and tries again when nobody answers, as people do.
class Resident {
  constructor(town, number) {
    this.town = town;
    this.email = `resident${number}@example.org`;
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
    const page = await this.ask(this.town.address + path);
    this.token = page.text.match(/name="csrf" value="([^"]*)"/)?.[1] ?? this.token;
    return page;
  }

  // The page of the form is sent until it is taken: an answer may get lost after the portal has kept it.
  async send(path, form) {
    await this.open(path);
    return this.ask(this.town.address + path, { ...form, csrf: this.token });
  }

  async order() {
    const begun = await this.send("/aarau/leistungen/hauptwohnsitzbescheinigung", {});
    const draft = begun.location;
    const pages = {
      person: {
        "person.first_name": "Anna Maria",
        "person.last_name": "Keller",
        "person.date_of_birth-day": "12",
        "person.date_of_birth-month": "3",
        "person.date_of_birth-year": "1984",
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
    await Promise.all([1, 2].map(() => this.ask(`${this.town.address}${draft}/pruefen`, { csrf: this.token })));
    const again = await this.open(`${draft}/pruefen`);
    assert.match(again.location ?? "", /^\/vorgang\//, again.text);
    this.page = again.location;
    this.reference = (await this.open(this.page)).text.match(/AG-4001-\w{4}-\w{4}/)[0];
  }

  async pay() {
    const payment = await eventually(`a payment page for ${this.reference}`, async () => {
      const { location } = await this.send(`${this.page}/bezahlen`, {});
      return location?.startsWith(this.town.payrexx) && location;
    });
    const id = new URL(payment).searchParams.get("payment");
    const paid = await this.ask(`${this.town.payrexx}/bezahlen`, { payment: id, method: "twint", action: "pay" });
    assert.equal(paid.status, 303, paid.text);
  }

  async hasCertificate() {
    return (await this.open(this.page)).text.includes("(PDF)");
  }
}

test(`${kills} kills at random moments lose, double and repeat nothing (seed ${seed})`, { timeout: 600_000 }, async (t) => {
  const town = await startTown();
  t.after(() => town.stop());
  const roll = chance(seed);
  let ordering = true;
  const orders = (async () => {
    const done = [];
    // Four at a time, so that a kill hits orders at every step.
    const line = Array.from({ length: residents }, (_, number) => new Resident(town, number));
    const serve = async () => {
      for (let next = line.shift(); next; next = line.shift()) {
        await next.order();
        await next.pay();
        done.push(next);
      }
    };
    await Promise.all([serve(), serve(), serve(), serve()]);
    ordering = false;
    return done;
  })();

  for (let kill = 0; kill < kills; ++kill) {
    await new Promise((later) => setTimeout(later, 20 + roll(ordering ? 400 : 60)));
    await town.kill();
    await town.start();
  }
  const ordered = await orders;
  for (const resident of ordered)
    await eventually(`the certificate of ${resident.reference}`, () => resident.hasCertificate(), { seconds: 120 });

  const account = await town.control("/control/payrexx/gemeinde-4001");
  const mails = await town.control("/control/mails");
  assert.equal(new Set(ordered.map(({ reference }) => reference)).size, residents);
  for (const { reference, email } of ordered) {
    const payments = account.transactions.filter((payment) => payment.referenceId === reference && payment.status === "confirmed");
    assert.equal(payments.length, 1, `${reference} was paid ${payments.length} times`);
    const deliveries = new Set(
      mails.filter(({ to, subject }) => to.includes(email) && subject.includes("ist bereit")).map(({ messageId }) => messageId),
    );
    assert.equal(deliveries.size, 1, `${reference} was delivered ${deliveries.size} times`);
  }
});
