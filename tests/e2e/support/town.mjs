// The program and its neighbours as separate processes, so that one can be killed while the others live on.
import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { build, eventually } from "./portal.mjs";

export { eventually };

// The first of six ports in a row that nobody uses just now: the portal's, then its neighbours'.
async function freePorts() {
  for (let tries = 0; tries < 100; ++tries) {
    const first = 20000 + Math.floor(Math.random() * 12000);
    const free = await Promise.all(
      [0, 1, 2, 3, 4, 5].map(
        (offset) =>
          new Promise((resolve) => {
            const probe = createServer();
            probe.once("error", () => resolve(false));
            probe.listen(first + offset, "127.0.0.1", () => probe.close(() => resolve(true)));
          }),
      ),
    );
    if (free.every(Boolean)) return first;
  }
  throw new Error("no free ports");
}

// Starts a program and waits until one of its lines matches.
function run(program, args, ready) {
  const child = spawn(path.join(build, program), args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const started = new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      if (ready.test(output)) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    ended.then((code) => reject(new Error(`${program} ended with ${code}:\n${output}`)));
  });
  return { started, stop: (signal) => (child.kill(signal), ended), output: () => output };
}

export async function startTown() {
  const data = mkdtempSync(path.join(tmpdir(), "schalter-town-"));
  const port = await freePorts();
  const demo = run("schalter", ["demo", "--data", data, "--listen", `127.0.0.1:${port}`], /^listening on/m);
  await demo.started;
  await demo.stop("SIGTERM");
  // Who is killed leaves locks behind; they run out soon enough for a test.
  appendFileSync(path.join(data, "schalter.conf"), "process.lock_time = 5s\njobs.lock_time = 5s\n");

  const sandbox = run("schalter-sandbox", ["--listen", `127.0.0.1:${port + 1}`, "--portal", `http://127.0.0.1:${port}`, "--retry-factor", "0.02"], /control listening on/);
  await sandbox.started;
  let portal;
  const town = {
    address: `http://127.0.0.1:${port}`,
    payrexx: `http://127.0.0.1:${port + 1}`,
    async start() {
      portal = run("schalter", ["serve", "--config", path.join(data, "schalter.conf")], /^listening on/m);
      await portal.started;
    },
    kill: () => portal.stop("SIGKILL"),
    async control(page) {
      const response = await fetch(`http://127.0.0.1:${port + 5}${page}`);
      return response.json();
    },
    output: () => portal.output(),
    async stop() {
      await portal.stop("SIGTERM");
      await sandbox.stop("SIGTERM");
      rmSync(data, { recursive: true, force: true });
    },
  };
  await town.start();
  return town;
}
