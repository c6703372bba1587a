// Two nodes on PostgreSQL, whose clocks differ by 5 seconds, and one on SQLite work on processes while nodes are killed,
// the database is restarted, connections are cut and workers die at their work. In the end everything that was started
// is completed, each step of it once, and nothing that was acknowledged is lost.
// SCHALTER_SEED repeats the moments of a run as far as the machine lets it; ./do soak [MINUTES] lets it go on for long.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { audit } from "./support/audit.mjs";
import { chance } from "./support/chance.mjs";
import { cleaner, Client, Node, pause, writeConfiguration } from "./support/nodes.mjs";
import { Permits } from "./support/permits.mjs";
import { rowsOf, startPostgres } from "./support/postgres.mjs";
import { freePorts } from "./support/programs.mjs";

const minutes = Number(process.env.SCHALTER_SOAK_MINUTES ?? 0);
const seconds = minutes > 0 ? minutes * 60 : 20;
const seed = Number(process.env.SCHALTER_SEED ?? Date.now() % 1e9);
const lockTime = 6000;
const clockDifference = 5;

const cutConnections = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'schalter'";

class Site {
  constructor(name, nodes, rows) {
    Object.assign(this, { name, nodes, rows, faults: {}, outages: [] });
  }

  async open(database, roll) {
    await Promise.all(this.nodes.map((node) => node.start({ tries: 3 })));
    this.permits = new Permits(await Client.make(database, this.nodes), { roll, lockTime, atOnce: 12 });
    await this.permits.deploy();
    this.permits.open();
  }

  // Notes how long nobody could work.
  async disturb(fault, work) {
    this.faults[fault] = (this.faults[fault] ?? 0) + 1;
    const began = Date.now();
    await work();
    this.outages.push(Date.now() - began);
  }

  async killAndStart(nodes) {
    await Promise.all(nodes.map((node) => node.kill()));
    await Promise.all(nodes.map((node) => node.start({ tries: 50 })));
  }
}

// One fault after the other, at random moments: all of them in random order, and again. Once around at least.
async function disturbPostgres(site, postgres, roll, until) {
  const [first, second] = site.nodes;
  const all = [
    ["a node killed", () => site.killAndStart([first])],
    ["a node killed", () => site.killAndStart([second])],
    ["both nodes killed", () => site.killAndStart([first, second])],
    ["connections cut", () => postgres.query(cutConnections)],
    ["connections cut", () => postgres.query(cutConnections)],
    ["database restarted", () => postgres.restart()],
  ];
  do {
    const left = [...all];
    while (left.length > 0) {
      await pause(200 + roll(1500));
      const [[fault, work]] = left.splice(roll(left.length), 1);
      await site.disturb(fault, work);
    }
  } while (Date.now() < until);
}

async function disturbSqlite(site, roll, until) {
  while (Date.now() < until) {
    await pause(500 + roll(2500));
    await site.disturb("node killed", () => site.killAndStart(site.nodes));
  }
}

// Somebody else gets the job when the lock has run out; by the clock that is behind, if that one is left.
function auditWaits(site) {
  const longest = Math.max(0, ...site.permits.waits.map(({ from, to }) => to - from));
  const bound = lockTime + clockDifference * 1000 + Math.max(0, ...site.outages) + 10_000;
  assert.ok(longest <= bound, `${site.name}: a job waited ${longest} ms for another worker, more than ${bound}`);
  return longest;
}

async function report(site, t) {
  const figures = await audit(site.rows, { ...site.permits, client: site.permits.client });
  figures["longest wait after a dead worker, ms"] = auditWaits(site);
  for (const part of [site.faults, site.permits.client.statuses, figures])
    t.diagnostic(`${site.name}: ${JSON.stringify(part)}`);
  assert.ok(figures.permits >= 10, `${site.name}: only ${figures.permits} permits came through`);
  // A database that is away is nobody's mistake.
  assert.equal(site.permits.client.statuses[500], undefined);
}

test(`${seconds} seconds of chaos lose and double nothing (seed ${seed})`, { timeout: (seconds + 240) * 1000 }, async (t) => {
  const afterwards = cleaner(t);
  const folder = mkdtempSync(path.join(tmpdir(), "schalter-chaos-"));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  const postgres = await startPostgres();
  afterwards(() => postgres.stop());
  const configuration = writeConfiguration(folder, ["process.lock_time = 6s", "jobs.lock_time = 6s"]);
  const port = await freePorts(3);
  const file = path.join(folder, "schalter.db");
  const node = (number, database, secondsAhead = 0) =>
    new Node({ name: `node ${number + 1}`, configuration, database, port: port + number, secondsAhead });
  const cluster = new Site("PostgreSQL", [node(0, postgres.url), node(1, postgres.url, clockDifference)], postgres.rows);
  const single = new Site("SQLite", [node(2, `sqlite:${file}`)], (sql) => rowsOf("sqlite3", ["-readonly", "-separator", "\t", file, sql]));
  const all = [...cluster.nodes, ...single.nodes];
  afterwards(() => Promise.all(all.map((each) => each.stop())));
  const roll = chance(seed);

  afterwards(() => [cluster, single].forEach((site) => site.permits?.abandon()));
  await Promise.all([cluster.open(postgres.url, roll), single.open(`sqlite:${file}`, roll)]);
  const until = Date.now() + seconds * 1000;
  await Promise.all([disturbPostgres(cluster, postgres, roll, until), disturbSqlite(single, roll, until)]);
  await Promise.all([cluster.permits.close(), single.permits.close()]);

  await report(cluster, t);
  await report(single, t);
  assert.deepEqual(all.flatMap(({ unexpectedEnds }) => unexpectedEnds), []);
  assert.deepEqual(await Promise.all(all.map((each) => each.stop())), [0, 0, 0]);
});
