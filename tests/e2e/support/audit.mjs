// What the database says in the end, held against what people were told: nothing is lost, nothing was done twice.
import assert from "node:assert/strict";
import { collect } from "./postgres.mjs";

const sideTables = ["process_jobs", "process_timers", "process_subscriptions", "process_tasks", "process_incidents"];
const worked = ["register", "deposit", "stamp", "look", "press", "send"];

const once = (...elements) => Object.fromEntries(elements.map((element) => [element, 1]));
const permitWithDeposit = once(
  ...["permit", "start", "register", "split", "deposit", "settled", "objections", "stamp", "payment", "look", "print", "join", "send", "end"],
);
const { deposit: _, ...permitWithoutDeposit } = { ...permitWithDeposit, ...once("refused", "waive") };
const printed = once("print-shop", "begin", "press", "dry", "finish");

// How often each element was completed, by instance, and what went wrong.
async function readTrails(rows) {
  const trails = new Map();
  for await (const [instance, entries] of rows("SELECT instance_id, entries FROM process_trail ORDER BY instance_id, revision")) {
    const trail = trails.get(instance) ?? { started: 0, completed: {}, incidents: [] };
    for (const [, element, event, , detail] of JSON.parse(entries)) {
      if (event === "started") ++trail.started;
      if (event === "completed" && element) trail.completed[element] = (trail.completed[element] ?? 0) + 1;
      if (event === "incident_raised") trail.incidents.push(`${element}: ${detail}`);
    }
    trails.set(instance, trail);
  }
  return trails;
}

const sorted = (counts) => JSON.stringify(Object.entries(counts).sort());

// Each instance has completed, and each of its elements as often as the model says.
async function auditInstances(rows, permits, problems) {
  const expect = (holds, problem) => holds || problems.push(problem);
  const trails = await readTrails(rows);
  const found = new Map();
  const prints = new Map();
  for await (const [id, process, number, state, parent] of rows(
    "SELECT id, process_id, business_key, state, COALESCE(parent_id, '') FROM process_instances",
  )) {
    const trail = trails.get(id);
    expect(state === "completed", `${process} ${id} (${number}) is ${state}`);
    expect(trail?.started === 1, `${process} ${id} was started ${trail?.started} times`);
    expect(!trail?.incidents.length, `${process} ${id} had incidents: ${trail?.incidents}`);
    if (process === "permit") {
      const wanted = permits.get(number)?.canPay ? permitWithDeposit : permitWithoutDeposit;
      expect(permits.has(number), `nobody asked for ${number}`);
      expect(!found.has(number), `${number} has two instances`);
      expect(sorted(trail?.completed ?? {}) === sorted(wanted), `${number} went through ${sorted(trail?.completed ?? {})}`);
      found.set(number, id);
    } else {
      expect(!prints.has(parent), `${parent} was printed twice`);
      expect(sorted(trail?.completed ?? {}) === sorted(printed), `print ${id} went through ${sorted(trail?.completed ?? {})}`);
      prints.set(parent, id);
    }
  }
  for (const id of found.values()) expect(prints.has(id), `${id} was never printed`);
  expect(prints.size === found.size, `${prints.size} prints for ${found.size} permits`);
  return { found, prints };
}

// What was acknowledged is there; what was refused for want of a database is not.
function auditStarts(permits, found, problems) {
  for (const permit of permits.values()) {
    const id = found.get(permit.number);
    if (permit.key && permit.key !== id) problems.push(`${permit.number} was acknowledged as ${permit.key}, and is ${id}`);
    if (permit.answer === 503 && id) problems.push(`${permit.number} was refused with 503, but is ${id}`);
    if (permit.wasCompleted && !id) problems.push(`${permit.number} was completed, and is lost`);
  }
}

// The effect of each piece of work is in the variables of its permit: that of one attempt, and of the acknowledged one.
function auditWork(attempts, ends, problems) {
  const byKey = new Map();
  const keysOf = new Map();
  for (const attempt of attempts) {
    byKey.set(attempt.key, [...(byKey.get(attempt.key) ?? []), attempt]);
    const place = `${attempt.instance} ${attempt.element}`;
    keysOf.set(place, (keysOf.get(place) ?? new Set()).add(attempt.key));
  }
  for (const [place, keys] of keysOf) if (keys.size !== 1) problems.push(`${place} was work with ${keys.size} keys`);
  for (const tries of byKey.values()) {
    const { instance, element } = tries[0];
    const by = ends.get(instance)?.[element];
    const taken = tries.find((attempt) => attempt.by === by);
    const acknowledged = tries.filter(({ outcome }) => outcome === "acknowledged");
    if (!taken) problems.push(`${instance} ${element}: done by ${by}, which nobody did`);
    else if (taken.outcome === "gone" && taken.lost === 0) problems.push(`${instance} ${element}: taken, though refused`);
    else if (taken.outcome === "died" || taken.outcome === "failed") problems.push(`${instance} ${element}: taken, though never done`);
    for (const attempt of acknowledged)
      if (attempt !== taken) problems.push(`${instance} ${element}: ${attempt.by} was acknowledged, and ${by} counts`);
  }
}

async function readEnds(client, { found, prints }) {
  const ends = new Map();
  const left = [...found.values()];
  const read = async () => {
    for (let id = left.pop(); id; id = left.pop()) {
      const filter = { processInstanceKey: id };
      const { body } = await client.insist("POST", "/variables/search", { filter }, [200]);
      const variables = Object.fromEntries(body.items.map(({ name, value }) => [name, JSON.parse(value)]));
      ends.set(id, variables);
      ends.set(prints.get(id), variables); // those of the print shop come back to the permit
    }
  };
  await Promise.all([read(), read(), read(), read()]);
  return ends;
}

// Nothing is left that waits, and each permit got its own payment once.
async function auditLeftovers(rows, found, problems) {
  for (const table of sideTables) {
    const [[left]] = await collect(rows(`SELECT count(*) FROM ${table}`));
    if (left !== "0") problems.push(`${left} rows are left in ${table}`);
  }
  const deliveries = new Map();
  for await (const [key] of rows(
    "SELECT message.correlation_key FROM process_deliveries delivery JOIN process_messages message" +
      " ON message.tenant_id = delivery.tenant_id AND message.id = delivery.message",
  ))
    deliveries.set(key, (deliveries.get(key) ?? 0) + 1);
  for (const number of found.keys())
    if (deliveries.get(number) !== 1) problems.push(`the payment of ${number} arrived ${deliveries.get(number)} times`);
}

// Throws with the first problems when there are any; otherwise gives figures.
export async function audit(rows, { permits, attempts, client, troubles }) {
  const problems = [...troubles];
  const instances = await auditInstances(rows, permits, problems);
  auditStarts(permits, instances.found, problems);
  const ends = await readEnds(client, instances);
  auditWork(attempts, ends, problems);
  for (const [id, variables] of ends)
    for (const element of worked) if (!variables[element]) problems.push(`${id}: nobody did ${element}`);
  await auditLeftovers(rows, instances.found, problems);
  assert.ok(problems.length === 0, `${problems.length} problems:\n${problems.slice(0, 20).join("\n")}`);

  const count = (outcome) => attempts.filter((attempt) => attempt.outcome === outcome).length;
  return {
    asked: permits.size,
    permits: instances.found.size,
    "found after a lost answer": [...permits.values()].filter(({ answer, key }) => answer !== 200 && key).length,
    attempts: attempts.length,
    acknowledged: count("acknowledged"),
    "already done": count("gone"),
    died: count("died"),
    failed: count("failed"),
  };
}
