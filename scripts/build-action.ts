import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { rolldown } from "rolldown";
import { z } from "zod";

const root = join(import.meta.dirname, "..");
const dist = join(root, "action", "dist");

const Manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  author: z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]).default("its authors"),
  homepage: z.string().default("npmjs.com"),
});

/**
 * Bundles the Action into action/dist, which is checked in: a workflow runs it as it stands there, and installs nothing.
 * `--check` writes nothing and fails when a file differs.
 */
async function main(): Promise<void> {
  const isChecking = process.argv.includes("--check");
  const files = await build();
  const stale = Object.entries(files).filter(([name, text]) => readOrEmpty(join(dist, name)) !== text);
  for (const [name, text] of stale) {
    if (isChecking) {
      console.error(`action/dist/${name} is not what its sources give. Run: node scripts/build-action.ts`);
      continue;
    }
    mkdirSync(dist, { recursive: true });
    writeFileSync(join(dist, name), text);
    console.log(`wrote action/dist/${name}`);
  }
  if (isChecking && stale.length > 0) process.exitCode = 1;
}

/** The same on every machine: paths in it are relative to the repository, and nothing tells a time. */
async function build(): Promise<Record<string, string>> {
  const bundle = await rolldown({ cwd: root, input: join("action", "src", "index.ts"), platform: "node", tsconfig: false, logLevel: "warn" });
  const { output } = await bundle.generate({ format: "esm", codeSplitting: false, comments: { legal: true, annotation: false, jsdoc: false } });
  await bundle.close();
  const [chunk, ...others] = output;
  if (others.length > 0) throw new Error(`the Action is one file, and came as ${output.length}`);
  return { "index.js": chunk.code, "licenses.txt": licencesOf(chunk.moduleIds) };
}

/** Names, versions and licences of the packages that are in the bundle. */
function licencesOf(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id.split(sep).join("/"))?.[0] ?? []));
  const texts = [...folders].map((folder) => {
    const { name, version, license, author, homepage } = Manifest.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
    const [file] = globSync("LICEN[CS]E*", { cwd: folder });
    const text = file === undefined ? `By ${author}, ${homepage}; the package brings no text of its licence.` : readFileSync(join(folder, file), "utf8").trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return texts.toSorted().join(`\n${"-".repeat(80)}\n\n`);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

await main();
