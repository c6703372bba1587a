// The real program with the demo canton and its neighbours, on free ports and with data of its own.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
export const build = path.join(root, "build", process.env.SCHALTER_PRESET ?? "release");
const program = path.join(build, "schalter");
const secondsToStart = 60;

// Resolves when the portal listens. `stop()` ends it and removes its data.
export async function startPortal() {
  const data = mkdtempSync(path.join(tmpdir(), "schalter-e2e-"));
  const child = spawn(program, ["demo", "--data", data, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const ended = new Promise((resolve) => child.once("exit", resolve));

  const address = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the portal did not start:\n${output}`)), secondsToStart * 1000);
    const look = () => {
      const found = output.match(/^listening on (http:\S+)$/m);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[1]);
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    ended.then((code) => reject(new Error(`the portal ended with ${code}:\n${output}`)));
  });

  const addressOf = (neighbour) => output.match(new RegExp(`^\\s*${neighbour}\\s+(http:\\S+)$`, "m"))?.[1];
  return {
    // Pages are opened under the name that the program calls itself by, so that links in mails lead back here.
    address: address.replace("127.0.0.1", "localhost"),
    output: () => output,
    mails: (to) => askJson(`${addressOf("control")}/control/mails?to=${encodeURIComponent(to)}`),
    setRegister: (bfs, mode) => put(`${addressOf("control")}/control/registers/${bfs}`, { mode }),
    setPayrexx: (account, switches) => put(`${addressOf("control")}/control/payrexx/${account}`, { switches }),
    reset: () => fetch(`${addressOf("control")}/control/reset`, { method: "POST" }),
    // A program that may use /v2, as `schalter client add` makes one.
    addClient({ tenant, name, scopes }) {
      const database = `sqlite:${path.join(data, "schalter.db")}`;
      const options = ["--database", database, "--tenant", tenant, "--name", name, "--scopes", scopes];
      const printed = execFileSync(program, ["client", "add", ...options], { encoding: "utf8" });
      return { id: printed.match(/id\s+(\S+)/)[1], secret: printed.match(/secret\s+(\S+)/)[1] };
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function askJson(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

async function put(url, body) {
  const response = await fetch(url, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}

// Asks again until something is there: work that the portal does in the background takes a moment.
export async function eventually(what, ask, { seconds = 30 } = {}) {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > until) throw new Error(`${what}: not within ${seconds} seconds`);
    await new Promise((later) => setTimeout(later, 200));
  }
}
