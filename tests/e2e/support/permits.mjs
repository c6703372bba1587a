// People who want permits, and the offices that work on them: the load of the chaos and failover tests, with a journal
// of what they were told. The process is models/permit.bpmn.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isUnknown, pause } from "./nodes.mjs";

const model = path.join(path.dirname(fileURLToPath(import.meta.url)), "../models/permit.bpmn");
const offices = ["permit-office", "permit-till", "permit-post"];

export class Permits {
  // `roll(below)` draws a number; `lockTime` in milliseconds is what an office asks for its jobs.
  constructor(client, { roll, lockTime, atOnce, mayFail = true }) {
    Object.assign(this, { client, roll, lockTime, atOnce, mayFail });
    this.permits = new Map(); // by number
    this.attempts = []; // at jobs and tasks
    this.lastTaken = new Map(); // by job
    this.waits = []; // of jobs that somebody had taken and did not do
    this.troubles = [];
    this.isClosing = false;
    this.isClosed = false;
  }

  async deploy() {
    const form = new FormData();
    form.append("resources", new Blob([readFileSync(model)]), "permit.bpmn");
    await this.client.insist("POST", "/deployments", form, [200]);
  }

  // Lets people come and offices work, until `close`.
  open() {
    const lines = [];
    for (let line = 0; line < this.atOnce; ++line) lines.push(this.#applicants());
    this.#people = lines.map((line) => this.#watch(line));
    const nodes = this.client.nodes;
    this.#workers = nodes
      .flatMap((node) => [...offices.map((office) => this.#office(node, office)), this.#clerk(node)])
      .map((worker) => this.#watch(worker));
  }
  #people = [];
  #workers = [];
  #late = new Set(); // attempts under way

  // Nobody else comes, nobody dies at work any more; resolves when all who came have what they want.
  async close({ seconds = 90 } = {}) {
    this.isClosing = true;
    const until = Date.now() + seconds * 1000;
    let areGone = false;
    Promise.all(this.#people).then(() => (areGone = true));
    const isOver = async () => areGone && (await this.#active()) === 0;
    while (!this.troubles.length && Date.now() < until && !(await isOver())) await pause(200);
    this.isClosed = true;
    await Promise.all([...this.#people, ...this.#workers, ...this.#late]);
  }

  // At once, whatever becomes of them.
  abandon() {
    this.isClosing = true;
    this.isClosed = true;
    this.client.close();
  }

  async #watch(work) {
    try {
      await work;
    } catch (error) {
      this.troubles.push(error.stack);
    }
  }

  async #active() {
    const filter = { state: "ACTIVE" };
    const { body } = await this.client.insist("POST", "/process-instances/search", { filter, page: { limit: 1 } }, [200]);
    return body.page.totalItems;
  }

  async #applicants() {
    while (!this.isClosing) {
      const permit = { number: `p${this.permits.size + 1}`, canPay: this.roll(5) > 0, answers: [] };
      this.permits.set(permit.number, permit);
      const paysFirst = this.roll(2) === 0;
      if (paysFirst) await this.#pay(permit);
      await this.#apply(permit);
      if (!paysFirst) await this.#pay(permit);
      if (permit.key) await this.#awaitEnd(permit);
    }
  }

  // A number is asked for once only, so that two instances of a number are the program's mistake. Who does not know
  // whether there is an instance looks for it.
  async #apply(permit) {
    const node = this.client.nodes[this.roll(this.client.nodes.length)];
    const wanted = {
      processDefinitionId: "permit",
      businessId: permit.number,
      variables: { permit: permit.number, canPay: permit.canPay },
    };
    const answer = await this.client.ask(node, "POST", "/process-instances", wanted);
    permit.answer = answer.status;
    if (answer.status === 200) permit.key = answer.body.processInstanceKey;
    else if (isUnknown(answer)) permit.key = await this.#find(permit.number);
    else if (answer.status === 503) await pause(100);
    else throw new Error(`start: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  async #find(number) {
    const filter = { businessId: number, processDefinitionId: "permit" };
    const { body } = await this.client.insist("POST", "/process-instances/search", { filter }, [200]);
    return body.items[0]?.processInstanceKey;
  }

  // 409: an attempt whose answer was lost had been taken.
  async #pay(permit) {
    const message = {
      name: "paid",
      correlationKey: permit.number,
      messageId: `payment-${permit.number}`,
      timeToLive: 3_600_000,
      variables: { paid: permit.number },
    };
    const answer = await this.client.insist("POST", "/messages/publication", message, [200, 409]);
    if (answer.status === 409 && answer.lost === 0) throw new Error(`${permit.number} was paid already`);
  }

  async #awaitEnd(permit) {
    while (!this.isClosed) {
      const { body } = await this.client.insist("GET", `/process-instances/${permit.key}`, undefined, [200]);
      if (body.state === "COMPLETED") {
        permit.wasCompleted = true;
        return;
      }
      if (body.state !== "ACTIVE") throw new Error(`${permit.number} is ${body.state}`);
      await pause(300);
    }
  }

  async #office(node, type) {
    const wanted = { type, worker: `${type} at ${node.name}`, timeout: this.lockTime, maxJobsToActivate: 5, requestTimeout: 500 };
    while (!this.isClosed) {
      const answer = await this.client.ask(node, "POST", "/jobs/activation", wanted);
      if (answer.status !== 200) {
        if (!isUnknown(answer) && answer.status !== 503) throw new Error(`activation: ${answer.status} ${JSON.stringify(answer.body)}`);
        await pause(100);
        continue;
      }
      for (const job of answer.body.jobs) this.#begin(this.#work(job));
      if (answer.body.jobs.length === 0) await pause(50);
    }
  }

  #begin(work) {
    const watched = this.#watch(work).finally(() => this.#late.delete(watched));
    this.#late.add(watched);
  }

  #attempt(key, instance, element) {
    const attempt = { key, instance, element, by: `${key}/${this.attempts.length}`, takenAt: Date.now(), lost: 0, outcome: "none" };
    this.attempts.push(attempt);
    const former = this.lastTaken.get(key);
    if (former?.outcome === "died")
      this.waits.push({ from: former.takenAt, to: attempt.takenAt });
    this.lastTaken.set(key, attempt);
    return attempt;
  }

  async #work(job) {
    const attempt = this.#attempt(job.jobKey, job.processInstanceKey, job.elementId);
    const fate = this.mayFail && !this.isClosing ? this.roll(100) : 100;
    if (fate < 4) {
      attempt.outcome = "died";
      return;
    }
    if (fate < 8) await pause(this.lockTime + 300 + this.roll(1000));
    if (fate >= 8 && fate < 12) await this.#fail(job, attempt);
    else if (job.elementId === "deposit" && !job.variables.canPay)
      await this.#answer(attempt, `/jobs/${job.jobKey}/error`, { errorCode: "NO_DEPOSIT", variables: { deposit: attempt.by } });
    else await this.#answer(attempt, `/jobs/${job.jobKey}/completion`, { variables: { [job.elementId]: attempt.by } });
  }

  // Not by the worker's fault: as many attempts are left as before.
  async #fail(job, attempt) {
    const failure = { retries: job.retries, retryBackOff: 100 + this.roll(300), errorMessage: "the stamp is lost" };
    await this.client.insist("POST", `/jobs/${job.jobKey}/failure`, failure, [204, 404]);
    attempt.outcome = "failed";
  }

  // 404: it is done, perhaps by the very attempt whose answer was lost.
  async #answer(attempt, address, body) {
    const answer = await this.client.insist("POST", address, body, [204, 404]);
    attempt.lost = answer.lost;
    attempt.outcome = answer.status === 204 ? "acknowledged" : "gone";
  }

  async #clerk(node) {
    while (!this.isClosed) {
      const wanted = { filter: { state: "CREATED" }, page: { limit: 20 } };
      const answer = await this.client.ask(node, "POST", "/user-tasks/search", wanted);
      if (answer.status !== 200 && answer.status !== 503 && !isUnknown(answer))
        throw new Error(`tasks: ${answer.status} ${JSON.stringify(answer.body)}`);
      for (const task of answer.body.items ?? []) {
        const attempt = this.#attempt(task.userTaskKey, task.processInstanceKey, task.elementId);
        await this.#answer(attempt, `/user-tasks/${task.userTaskKey}/completion`, { variables: { [task.elementId]: attempt.by } });
      }
      await pause(200);
    }
  }
}
