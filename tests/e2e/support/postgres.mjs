// A PostgreSQL of the test's own, and what can happen to it. See tools/test_postgres.sh.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { root } from "./portal.mjs";

const manage = (...words) => promisify(execFile)(path.join(root, "tools/test_postgres.sh"), words);

// Killed processes may leave half a page behind, which only full_page_writes mends.
const settings = ["full_page_writes=on"];

// The lines of a program's output, each split at its tabs; an error when the program fails.
export async function* rowsOf(program, args) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let complaint = "";
  child.stderr.on("data", (chunk) => (complaint += chunk));
  const ended = new Promise((resolve) => child.once("close", resolve));
  for await (const line of createInterface({ input: child.stdout })) yield line.split("\t");
  const code = await ended;
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${complaint}`);
}

export async function collect(rows) {
  const all = [];
  for await (const row of rows) all.push(row);
  return all;
}

function server(directory) {
  const command = (sql) => ["-h", directory, "-U", "postgres", "-d", "schalter", "-AtXq", "-F", "\t", "-c", sql];
  return {
    directory,
    url: `postgresql://schalter@/schalter?host=${directory}`,
    rows: (sql) => rowsOf("psql", command(sql)),
    query: (sql) => collect(rowsOf("psql", command(sql))),
    restart: () => manage("restart", directory),
    crash: () => manage("crash", directory),
    promote: () => manage("promote", directory),
    stop: () => manage("stop", directory),
  };
}

const emptyDirectory = () => mkdtempSync(path.join(tmpdir(), "schalter-postgres-"));

export async function startPostgres() {
  const directory = emptyDirectory();
  await manage("start", directory, ...settings);
  return server(directory);
}

// A standby, which has all that the primary has acknowledged from when the primary waits for it.
export async function startStandby(primary) {
  const directory = emptyDirectory();
  await manage("follow", directory, primary.directory, ...settings);
  return server(directory);
}
