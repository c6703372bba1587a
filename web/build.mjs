// Builds web/dist: styles, islands, fonts and icons under names that carry their content's hash, and manifest.json,
// which says which name stands for which. The same input gives the same bytes.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "dist");

const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  metafile: true,
  target: "es2022",
  publicPath: "/static",
  outdir: "dist/static",
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  legalComments: "none",
  logLevel: "warning",
};

function compileStyles() {
  return sass.compile(path.join(here, "styles/portal.scss"), { quietDeps: true, style: "expanded" }).css;
}

async function buildStyles() {
  const stdin = { contents: compileStyles(), loader: "css", resolveDir: path.join(here, "styles"), sourcefile: "portal.css" };
  const result = await build({
    ...shared,
    stdin,
    write: false,
    loader: { ".woff2": "file" },
    external: ["/static/*"],
  });
  const named = {};
  await mkdir(path.join(dist, "static"), { recursive: true });
  for (const file of result.outputFiles) {
    const isStyle = file.path.endsWith(".css");
    const hash = createHash("sha256").update(file.contents).digest("hex").slice(0, 8);
    const name = isStyle ? `portal-${hash}.css` : path.basename(file.path);
    await writeFile(path.join(dist, "static", name), file.contents);
    named[isStyle ? "portal.css" : name.replace(/-[A-Z0-9]+(\.\w+)$/, "$1")] = `/static/${name}`;
  }
  return named;
}

async function buildIslands() {
  const names = (await readdir(path.join(here, "islands"))).filter((name) => name.endsWith(".ts"));
  const entryPoints = names.map((name) => `islands/${name}`);
  const result = await build({ ...shared, entryPoints, format: "esm", splitting: true });
  const named = {};
  for (const [output, { entryPoint }] of Object.entries(result.metafile.outputs))
    if (entryPoint) named[path.basename(entryPoint).replace(/\.ts$/, ".js")] = `/static/${path.basename(output)}`;
  return named;
}

// Files whose address is fixed by convention.
async function copyStatic() {
  const names = await readdir(path.join(here, "static"));
  for (const name of names) await copyFile(path.join(here, "static", name), path.join(dist, name));
}

// The fonts are under the Open Font License, which wants its text beside them.
async function copyFontLicence() {
  await copyFile(
    path.join(here, "node_modules/@fontsource-variable/source-sans-3/LICENSE"),
    path.join(dist, "font-licence.txt"),
  );
}

await rm(dist, { recursive: true, force: true });
const named = { ...(await buildStyles()), ...(await buildIslands()) };
await copyStatic();
await copyFontLicence();
const sorted = Object.fromEntries(Object.entries(named).sort(([a], [b]) => a.localeCompare(b)));
await writeFile(path.join(dist, "manifest.json"), JSON.stringify(sorted, null, 2) + "\n");
