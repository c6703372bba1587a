// The program is killed (SIGKILL) again and again while people order: no order is lost, none is paid twice, none is
// delivered twice. The moments are random; SCHALTER_SEED repeats a run as far as the machine lets it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chance } from "./support/chance.mjs";
import { Resident } from "./support/resident.mjs";
import { eventually, startTown } from "./support/town.mjs";

const kills = 50;
const residents = 24;
const seed = Number(process.env.SCHALTER_SEED ?? Date.now() % 1e9);

test(`${kills} kills at random moments lose, double and repeat nothing (seed ${seed})`, { timeout: 600_000 }, async (t) => {
  const town = await startTown();
  t.after(() => town.stop());
  const roll = chance(seed);
  let ordering = true;
  const orders = (async () => {
    const done = [];
    // Four at a time, so that a kill hits orders at every step.
    const line = Array.from({ length: residents }, (_, number) => new Resident(town.address, `resident${number}@example.org`));
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
