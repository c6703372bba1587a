// The unmodified clients that worker developers install from npm, against a running Schalter.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { eventually, startPortal } from "./support/portal.mjs";

const model = path.join(path.dirname(fileURLToPath(import.meta.url)), "models/lookup.bpmn");

// The clients want a newer Node than Debian 12 has; without it they are not tried.
const isNewEnough = Number(process.versions.node.split(".")[0]) >= 20;
const skip = isNewEnough ? false : `these clients need Node 20, this is ${process.versions.node}`;

describe("worker clients as they are published", { timeout: 120_000, skip }, () => {
  let portal;
  let access;
  let Camunda8;
  let createCamundaClient;
  before(async () => {
    ({ Camunda8 } = await import("@camunda8/sdk"));
    ({ default: createCamundaClient } = await import("@camunda8/orchestration-cluster-api"));
    portal = await startPortal();
    access = portal.addClient({ tenant: "4021", name: "Dialog", scopes: "deploy processes tasks decisions jobs" });
  });
  after(() => portal?.stop());

  test("the orchestration cluster client deploys, starts, works, sends, completes and searches", async () => {
    const client = createCamundaClient({
      config: {
        CAMUNDA_REST_ADDRESS: portal.address,
        CAMUNDA_AUTH_STRATEGY: "OAUTH",
        CAMUNDA_OAUTH_URL: `${portal.address}/oauth/token`,
        CAMUNDA_CLIENT_ID: access.id,
        CAMUNDA_CLIENT_SECRET: access.secret,
        CAMUNDA_SDK_VALIDATION: "req:strict,res:strict",
      },
    });
    const now = { consistency: { waitUpToMs: 0 } };
    assert.equal((await client.getTopology()).clusterSize, 1);
    assert.equal((await client.getAuthentication()).displayName, "Dialog");

    const deployed = await client.deployResourcesFromFiles([model]);
    const { processDefinitionKey } = deployed.deployments[0].processDefinition;
    const { processInstanceKey } = await client.createProcessInstance({ processDefinitionKey, variables: { order: "AG-1" } });

    const worker = client.createJobWorker({
      jobType: "look-up-person",
      maxParallelJobs: 2,
      jobTimeoutMs: 10_000,
      jobHandler: (job) => job.complete({ name: `${job.customHeaders.register} ${job.variables.order}` }),
    });
    const variables = () => client.searchVariables({ filter: { processInstanceKey, name: "name" } }, now);
    const [found] = await eventually("the worker's result", async () => ((await variables()).items.length > 0 ? (await variables()).items : null));
    assert.equal(found.value, '"civil AG-1"');
    worker.stop();

    await client.publishMessage({ name: "paid", correlationKey: "AG-1", messageId: "t-1", timeToLive: 60_000 });
    const tasks = await client.searchUserTasks({ filter: { processInstanceKey } }, now);
    assert.equal(tasks.items[0].elementId, "look");
    const { userTaskKey, elementInstanceKey } = tasks.items[0];
    const elements = await client.searchElementInstances({ filter: { processInstanceKey, type: "USER_TASK" } }, now);
    assert.equal(elements.items[0].elementInstanceKey, elementInstanceKey);
    assert.equal((await client.getElementInstance({ elementInstanceKey }, now)).state, "ACTIVE");
    await client.updateUserTask({ userTaskKey, changeset: { priority: 80, candidateGroups: ["finance"] } });
    const urgent = await client.searchUserTasks(
      { filter: { processInstanceKey, priority: { $gte: 80 }, candidateGroup: "finance" }, sort: [{ field: "priority", order: "DESC" }] },
      now,
    );
    assert.equal(urgent.items[0].userTaskKey, userTaskKey);
    await client.assignUserTask({ userTaskKey: tasks.items[0].userTaskKey, assignee: "anna" });
    await client.completeUserTask({ userTaskKey: tasks.items[0].userTaskKey, variables: { seen: true } });
    const instances = await client.searchProcessInstances({ filter: { processInstanceKey } }, now);
    assert.equal(instances.items[0].state, "COMPLETED");
    assert.equal((await client.getProcessDefinitionXml({ processDefinitionKey }, now)).trim(), readFileSync(model, "utf8").trim());
    const incidents = await client.searchIncidents({ filter: { processInstanceKey } }, now);
    assert.equal(incidents.page.totalItems, 0);
    assert.equal((await client.searchJobs({ filter: { processInstanceKey, state: { $in: ["CREATED", "FAILED"] } } }, now)).page.totalItems, 0);

    const further = await client.createProcessInstance({ processDefinitionKey, variables: { order: "AG-9" } });
    const filter = { processDefinitionId: "lookup", startDate: { $exists: true } };
    const newest = await client.searchProcessInstances({ filter, page: { limit: 1 } }, now);
    assert.equal(newest.items[0].processInstanceKey, further.processInstanceKey);
    assert.equal(newest.page.totalItems, 2);
    await client.cancelProcessInstance({ processInstanceKey: further.processInstanceKey });
  });

  test("the REST worker of the SDK does jobs, fails one, and its incident is resolved", async () => {
    const sdk = new Camunda8({
      ZEEBE_REST_ADDRESS: portal.address,
      CAMUNDA_OAUTH_URL: `${portal.address}/oauth/token`,
      ZEEBE_CLIENT_ID: access.id,
      ZEEBE_CLIENT_SECRET: access.secret,
      CAMUNDA_TOKEN_DISK_CACHE_DISABLE: true,
      CAMUNDA_LOG_LEVEL: "none",
    });
    const rest = sdk.getCamundaRestClient();
    const deployed = await rest.deployResourcesFromFiles([model]);
    assert.equal(deployed.processes[0].processDefinitionId, "lookup");
    const { processInstanceKey } = await rest.createProcessInstance({ processDefinitionId: "lookup", variables: { order: "AG-2" } });

    let attempts = 0;
    const worker = rest.createJobWorker({
      type: "look-up-person",
      worker: "sdk",
      timeout: 10_000,
      maxJobsToActivate: 1,
      jobHandler: (job) => (++attempts === 1 ? job.fail({ errorMessage: "closed", retries: 0 }) : job.complete({ name: "Meier" })),
    });
    const incidents = () => rest.searchIncidents({ filter: { processInstanceKey } });
    const [incident] = await eventually("the incident", async () => ((await incidents()).items.length ? (await incidents()).items : null));
    assert.equal(incident.errorMessage, "closed");
    await rest.resolveIncident(incident.incidentKey);
    await eventually("the second attempt", () => attempts === 2);
    worker.stop();

    await eventually("the end of the job", async () => {
      const { items } = await rest.searchVariables({ filter: { processInstanceKey, name: "name" } });
      return items[0]?.value;
    });
    await rest.cancelProcessInstance({ processInstanceKey });
    const { items } = await rest.searchProcessInstances({ filter: { processInstanceKey } });
    assert.equal(items[0].state, "TERMINATED");
  });

  test("a client with a wrong secret is told so", async () => {
    const client = createCamundaClient({
      config: {
        CAMUNDA_REST_ADDRESS: portal.address,
        CAMUNDA_AUTH_STRATEGY: "OAUTH",
        CAMUNDA_OAUTH_URL: `${portal.address}/oauth/token`,
        CAMUNDA_CLIENT_ID: access.id,
        CAMUNDA_CLIENT_SECRET: "wrong",
        CAMUNDA_OAUTH_RETRY_MAX: 1,
      },
    });
    await assert.rejects(client.getTopology());
  });
});
