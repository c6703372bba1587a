// A PostgreSQL with a standby that every commit waits for: the primary is killed under load, the standby becomes the
// primary, and the nodes find it by themselves. Nothing that was acknowledged is lost, nothing is done twice.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { audit } from "./support/audit.mjs";
import { chance } from "./support/chance.mjs";
import { cleaner, Client, Node, pause, writeConfiguration } from "./support/nodes.mjs";
import { Permits } from "./support/permits.mjs";
import { eventually } from "./support/portal.mjs";
import { startPostgres, startStandby } from "./support/postgres.mjs";
import { freePorts } from "./support/programs.mjs";

const seed = Number(process.env.SCHALTER_SEED ?? Date.now() % 1e9);
const secondsOfLoad = 4;

// The standby is copied before, so that it does not wait for itself once it is the primary.
async function replicate(primary) {
  const standby = await startStandby(primary);
  await primary.query("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
  await primary.query("SELECT pg_reload_conf()");
  await eventually("the primary waits for its standby", async () => {
    const [[state]] = await primary.query("SELECT COALESCE(max(sync_state), 'none') FROM pg_stat_replication");
    return state === "sync";
  });
  return standby;
}

test(`a primary that dies loses nothing that was acknowledged (seed ${seed})`, { timeout: 180_000 }, async (t) => {
  const afterwards = cleaner(t);
  const folder = mkdtempSync(path.join(tmpdir(), "schalter-failover-"));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  const primary = await startPostgres();
  afterwards(() => primary.stop());
  const standby = await replicate(primary);
  afterwards(() => standby.stop());
  const database = `postgresql://schalter@/schalter?host=${primary.directory},${standby.directory}`;
  const port = await freePorts(2);
  const configuration = writeConfiguration(folder);
  const nodes = [0, 1].map((number) => new Node({ name: `node ${number + 1}`, configuration, database, port: port + number }));
  afterwards(() => Promise.all(nodes.map((node) => node.stop())));
  await Promise.all(nodes.map((node) => node.start()));
  const client = await Client.make(database, nodes);
  const permits = new Permits(client, { roll: chance(seed), lockTime: 4000, atOnce: 12, mayFail: false });
  afterwards(() => permits.abandon());
  await permits.deploy();
  const allAre = (status) => async () => (await Promise.all(nodes.map((node) => node.isReady()))).every((is) => is === status);

  permits.open();
  await pause(secondsOfLoad * 1000);
  await primary.crash();
  const crashedAt = Date.now();
  await eventually("the nodes say that the database is away", allAre(503));
  const refused = await client.ask(nodes[0], "POST", "/process-instances", { processDefinitionId: "permit" });
  await standby.promote();
  const promotedAt = Date.now();
  await eventually("the nodes have found the new primary", allAre(200));
  const foundAt = Date.now();
  await pause(secondsOfLoad * 1000);
  await permits.close();

  assert.equal(refused.status, 503);
  assert.ok(Number(refused.retryAfter) > 0);
  const figures = await audit(standby.rows, { ...permits, client });
  t.diagnostic(`promoted ${promotedAt - crashedAt} ms after the crash, found ${foundAt - promotedAt} ms later`);
  t.diagnostic(JSON.stringify(client.statuses));
  t.diagnostic(JSON.stringify(figures));
  assert.ok(figures.permits >= 10, `only ${figures.permits} permits came through`);
  assert.equal(client.statuses[500], undefined);
  assert.deepEqual(nodes.flatMap(({ unexpectedEnds }) => unexpectedEnds), []);
});
