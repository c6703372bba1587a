// The programs of the build as processes of their own, on ports that nobody else uses.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { build } from "./portal.mjs";

// The first of so many ports in a row that nobody uses just now.
export async function freePorts(count) {
  for (let tries = 0; tries < 100; ++tries) {
    const first = 20000 + Math.floor(Math.random() * 12000);
    const free = await Promise.all(
      Array.from(
        { length: count },
        (_, offset) =>
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

// Starts a program; `started` resolves when one of its lines matches, `ended` with its exit code (null: killed).
export function run(program, args, ready, environment = {}) {
  const options = { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...environment } };
  const child = spawn(path.join(build, program), args, options);
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
  return { started, ended, stop: (signal) => (child.kill(signal), ended), output: () => output };
}
