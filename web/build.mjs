// Builds web/dist: styles, islands, fonts and icons under names that carry their content's hash, and manifest.json,
// which says which name stands for which. The same input gives the same bytes.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
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

// Styles of packages that only one page needs, as they come.
async function copyStyles() {
  const named = {};
  for (const name of ["swagger-ui-dist/swagger-ui.css"]) {
    const text = (await readFile(path.join(here, "node_modules", name), "utf8")).replace(/\/\*# sourceMappingURL=.*?\*\//, "");
    const base = path.basename(name, ".css");
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
    await writeFile(path.join(dist, "static", `${base}-${hash}.css`), text);
    named[`${base}.css`] = `/static/${base}-${hash}.css`;
  }
  return named;
}

// Files whose address is fixed by convention.
async function copyStatic() {
  const names = await readdir(path.join(here, "static"));
  for (const name of names) await copyFile(path.join(here, "static", name), path.join(dist, name));
}

// Licences that want their text beside what is under them: the Open Font License, and the Apache License.
async function copyLicences() {
  const licences = {
    "font-licence.txt": ["@fontsource-variable/source-sans-3/LICENSE"],
    "swagger-ui-licence.txt": ["swagger-ui-dist/NOTICE", "swagger-ui-dist/LICENSE", "swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt"],
  };
  for (const [name, sources] of Object.entries(licences)) {
    const texts = await Promise.all(sources.map((source) => readFile(path.join(here, "node_modules", source), "utf8")));
    await writeFile(path.join(dist, name), texts.join("\n"));
  }
}

await rm(dist, { recursive: true, force: true });
const named = { ...(await buildStyles()), ...(await buildIslands()), ...(await copyStyles()) };
await copyStatic();
await copyLicences();
const sorted = Object.fromEntries(Object.entries(named).sort(([a], [b]) => a.localeCompare(b)));
await writeFile(path.join(dist, "manifest.json"), JSON.stringify(sorted, null, 2) + "\n");
