// The interface for other programs: its description is valid OpenAPI 3.1, and its page works under our policy.
import { Validator } from "@seriousme/openapi-schema-validator";
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openBrowser } from "./support/browser.mjs";
import { checkMarkup } from "./support/markup.mjs";
import { startPortal } from "./support/portal.mjs";

let portal;
before(async () => (portal = await startPortal()));
after(async () => portal?.stop());

const ask = (path, options = {}) => fetch(`${portal.address}/api/v1${path}`, options);

async function token({ tenant, scopes }) {
  const client = portal.addClient({ tenant, name: "Dialog", scopes });
  const response = await fetch(`${portal.address}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: client.id, client_secret: client.secret }),
  });
  return (await response.json()).access_token;
}

describe("the interface", () => {
  for (const language of ["de", "fr", "it", "en"])
    test(`is described by a valid OpenAPI 3.1 document in ${language}`, async () => {
      const response = await ask("/openapi.json", { headers: { "accept-language": language } });
      const document = await response.json();

      const result = await new Validator().validate(document);

      assert.ok(result.valid, JSON.stringify(result.errors, null, 2));
      assert.equal(document.openapi, "3.1.0");
      assert.equal(response.headers.get("content-language"), language);
    });

  test("has no reference to nothing, and no two operations of one id", async () => {
    const text = await (await ask("/openapi.json")).text();
    const document = JSON.parse(text);

    for (const [, pointer] of text.matchAll(/"\$ref":"#\/([^"]+)"/g))
      assert.ok(pointer.split("/").reduce((value, name) => value?.[name], document), pointer);
    const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    assert.equal(new Set(ids).size, ids.length);
  });

  test("says 304 to who has the answer already", async () => {
    const first = await ask("/municipalities/4001");
    const again = await ask("/municipalities/4001", { headers: { "if-none-match": first.headers.get("etag") } });

    assert.equal(first.status, 200);
    assert.equal(again.status, 304);
    assert.equal((await ask("/municipalities/4021", { headers: { "if-none-match": first.headers.get("etag") } })).status, 200);
  });

  test("keeps languages apart that caches could mix up", async () => {
    const title = async (language) => (await (await ask("/services/hauptwohnsitzbescheinigung", { headers: { "accept-language": language } })).json()).title;

    const titles = [await title("en;q=0.1, de"), await title("fr"), await title("en"), await title("de")];

    assert.equal(new Set(titles).size, 3);
    assert.equal(titles[0], titles[3]);
  });

  test("lets a program order and read the case, over the wire", async () => {
    const headers = { authorization: `Bearer ${await token({ tenant: "4001", scopes: "orders:write cases:read" })}` };
    const order = {
      municipality: 4001,
      service: "hauptwohnsitzbescheinigung",
      answers: {
        "person.first_name": "Anna Maria",
        "person.last_name": "Keller",
        "person.date_of_birth": "1984-03-12",
        "address.street": "Bahnhofstrasse",
        "address.house_number": "1",
        "address.postal_code": "5000",
        "address.town": "Aarau",
        "certificate.language": "de",
        "delivery.way": "online",
        "contact.email": "anna@example.org",
      },
    };
    const send = () =>
      ask("/orders", {
        method: "POST",
        headers: { ...headers, "content-type": "application/json", "idempotency-key": "over-the-wire-1" },
        body: JSON.stringify(order),
      });

    // Twice at the same moment, as programs do that did not hear the answer.
    const answers = await Promise.all([send(), send()]);

    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 201]);
    const [one, other] = await Promise.all(answers.map((answer) => answer.json()));
    assert.equal(one.reference, other.reference);
    const read = await ask(`/cases/${one.reference}`, { headers });
    assert.equal((await read.json()).state, "awaiting_payment");
  });
});

describe("the page for developers", () => {
  test("lists every operation without scripts", async () => {
    const browser = await openBrowser({ javaScript: false });
    try {
      const { page, check } = await browser.visitor();
      await page.goto(`${portal.address}/api/v1/docs`);
      await page.getByText("GET /api/v1/municipalities", { exact: true }).waitFor();
      await page.getByRole("link", { name: "Beschreibung als OpenAPI 3.1" }).waitFor();
      await check("api-docs");
      await checkMarkup(await (await ask("/docs")).text(), "docs");
    } finally {
      await browser.close();
    }
  });

  test("becomes Swagger UI with scripts, under a policy as strict as every page's, on a phone, too", async () => {
    const browser = await openBrowser();
    try {
      const { page, check } = await browser.visitor({ locale: "fr-CH" });
      page.setDefaultTimeout(180_000); // its script is large, and machines that test are busy
      const response = await page.goto(`${portal.address}/api/v1/docs`);
      const policy = response.headers()["content-security-policy"];
      assert.equal(policy, (await fetch(portal.address)).headers.get("content-security-policy"));

      // Its sentences come in the page's language; what is public can be tried out at once.
      const operation = page.locator("#operations-municipalities-readMunicipality");
      await operation.getByText("Une commune avec son office").click();
      await operation.getByRole("button", { name: "Try it out" }).click();
      await operation.getByPlaceholder("bfs").fill("4001");
      await operation.getByRole("button", { name: "Execute" }).click();
      await operation.locator(".live-responses-table").getByText("aarau").first().waitFor();
      assert.equal(await page.getByText("GET /api/v1/municipalities", { exact: true }).isVisible(), false);
      // Swagger UI's own markup is not ours to mend; the plain list above it says the same.
      await check("api-docs-swagger", { except: ".portal-reference" });
    } finally {
      await browser.close();
    }
  });
});
