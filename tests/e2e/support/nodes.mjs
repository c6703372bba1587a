// `schalter serve` as it runs in a cluster: several nodes on one database, each of which may die and come again.
import { execFile } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { build, root } from "./portal.mjs";
import { run } from "./programs.mjs";

const pause = (milliseconds) => new Promise((later) => setTimeout(later, milliseconds));

// A configuration that all nodes of a test share.
export function writeConfiguration(folder, lines = []) {
  const file = path.join(folder, "schalter.conf");
  const own = [
    `crypto.keys = test:${"5c".repeat(32)}`,
    "crypto.csrf_key = any long random text of a test",
    `catalog.directory = ${path.join(root, "services")}`,
    "server.metrics_listen =",
    ...lines,
  ];
  writeFileSync(file, `${own.join("\n")}\n`);
  return file;
}

// What makes a program believe that it is later. Waiting goes by the true clock, as it does on a machine whose clock is wrong.
function otherClock(secondsAhead) {
  if (!secondsAhead) return {};
  const libraries = "/usr/lib";
  const found = readdirSync(libraries)
    .map((folder) => path.join(libraries, folder, "faketime/libfaketimeMT.so.1"))
    .find(existsSync);
  if (!found) throw new Error("libfaketime is missing: ./do setup installs it");
  return { LD_PRELOAD: found, FAKETIME: `+${secondsAhead}s`, FAKETIME_DONT_FAKE_MONOTONIC: "1" };
}

// Gives a function that takes what is to be done after the test: the last first.
export function cleaner(t) {
  const steps = [];
  t.after(async () => {
    for (const step of steps.reverse()) await step();
  });
  return (step) => steps.push(step);
}

export class Node {
  #program;
  #outputs = [];

  constructor({ name, configuration, database, port, secondsAhead = 0 }) {
    this.name = name;
    this.address = `http://127.0.0.1:${port}`;
    this.deaths = 0;
    this.unexpectedEnds = [];
    this.args = ["serve", "--config", configuration, "--database", database, "--listen", `127.0.0.1:${port}`];
    this.environment = otherClock(secondsAhead);
  }

  // Resolves when it listens. Whoever supervises it starts it again when the database is away.
  async start({ tries = 1 } = {}) {
    for (;;) {
      const program = run("schalter", this.args, /^listening on/m, this.environment);
      try {
        await program.started;
        this.#program = program;
        program.ended.then((code) => this.#program === program && this.unexpectedEnds.push(`${this.name} ended with ${code}`));
        return;
      } catch (error) {
        if (--tries <= 0) throw error;
        this.#outputs.push(program.output());
        await pause(200);
      }
    }
  }

  async kill() {
    ++this.deaths;
    await this.#end("SIGKILL");
  }

  // Its exit code.
  stop() {
    return this.#end("SIGTERM");
  }

  async #end(signal) {
    const program = this.#program;
    if (!program) return undefined;
    this.#program = undefined;
    const code = await program.stop(signal);
    this.#outputs.push(program.output());
    return code;
  }

  // All that it has written, in all its lives.
  output() {
    return [...this.#outputs, this.#program?.output() ?? ""].join("");
  }

  async isReady() {
    const answer = await fetch(`${this.address}/health/ready`).catch(() => undefined);
    await answer?.text();
    return answer?.status;
  }
}

// Programs that use the nodes: they ask any of them, and do not take a lost answer for a no.
export class Client {
  constructor(nodes, token) {
    this.nodes = nodes;
    this.token = token;
    this.statuses = {};
  }

  static async make(database, nodes) {
    const options = ["--database", database, "--tenant", "4021", "--name", "Test", "--scopes", "deploy processes tasks jobs"];
    const { stdout } = await promisify(execFile)(path.join(build, "schalter"), ["client", "add", ...options]);
    const answer = await fetch(`${nodes[0].address}/oauth/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: stdout.match(/id\s+(\S+)/)[1],
        client_secret: stdout.match(/secret\s+(\S+)/)[1],
      }),
    });
    return new Client(nodes, (await answer.json()).access_token);
  }

  // `status` 0: nobody knows whether it was done. 504 says the same.
  async ask(node, method, address, body) {
    const answer = await this.#fetch(node, method, address, body);
    this.statuses[answer.status] = (this.statuses[answer.status] ?? 0) + 1;
    return answer;
  }

  async #fetch(node, method, address, body) {
    const headers = { authorization: `Bearer ${this.token}` };
    if (!(body instanceof FormData)) headers["content-type"] = "application/json";
    try {
      const response = await fetch(`${node.address}/v2${address}`, {
        method,
        headers,
        body: body instanceof FormData ? body : body && JSON.stringify(body),
        signal: AbortSignal.timeout(20_000),
      });
      const text = await response.text();
      const retryAfter = response.headers.get("retry-after");
      return { status: response.status, body: text ? JSON.parse(text) : {}, retryAfter };
    } catch {
      return { status: 0, body: {} };
    }
  }

  // Whoever still insists gives up.
  close() {
    this.isClosed = true;
  }

  // Asks one node after the other until one of these statuses is the answer. Says how many answers were lost on the way.
  async insist(method, address, body, statuses) {
    for (let lost = 0, turn = Math.floor(Math.random() * this.nodes.length); ; ++turn) {
      const answer = await this.ask(this.nodes[turn % this.nodes.length], method, address, body);
      if (statuses.includes(answer.status)) return { ...answer, lost };
      if (isUnknown(answer) && !this.isClosed) ++lost;
      else if (answer.status !== 503 || this.isClosed)
        throw new Error(`${method} ${address}: ${answer.status} ${JSON.stringify(answer.body)}`);
      await pause(100);
    }
  }
}

export function isUnknown(answer) {
  return answer.status === 0 || answer.status === 504;
}

export { pause };
