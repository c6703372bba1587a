// The program and its neighbours as separate processes, so that one can be killed while the others live on.
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eventually } from "./portal.mjs";
import { freePorts, run } from "./programs.mjs";

export { eventually };

export async function startTown() {
  const data = mkdtempSync(path.join(tmpdir(), "schalter-town-"));
  const port = await freePorts(6);  // the portal's, then its neighbours'
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
