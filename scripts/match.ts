import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { contentHashOf } from "@sentinal/reports";
import { type Evidence, evidenceOf, type Known, pairMoved, pairUp } from "../hub/src/matching/index.ts";
import { readReportFile } from "./report-file.ts";

const usage = `Which findings of two reports of one kind are the same, as the hub decides it.

  npm run match -- A B [--source DIR_A DIR_B]

Writes {"same", "fixed", "new", "pairs": [[index in A, index in B], …]} to standard output.
--source names the folders that hold the sources of A and of B, for the hashes of their lines.

  npm run match -- before.sarif after.sarif
  npm run match -- before.json after.json --source ../before ../after`;

type Side = { evidence: Evidence[] };

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { source: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
  if (values.help === true) return console.log(usage);
  const [before, after, sourceBefore, sourceAfter] = positionals;
  if (before === undefined || after === undefined || (values.source === true && sourceAfter === undefined)) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const [one, other] = [await readSide(before, sourceBefore), await readSide(after, sourceAfter)];
  console.log(JSON.stringify(match(one.evidence, other.evidence)));
}

async function readSide(file: string, source: string | undefined): Promise<Side> {
  const read = await readReportFile(file);
  if (read.refusal !== null) console.error(`${file}: ${read.refusal}`);
  const contentOf = source === undefined ? () => null : lineHashes(source);
  return { evidence: read.findings.map((finding) => evidenceOf(finding, finding.path === null || finding.line === null ? null : contentOf(finding.path, finding.line))) };
}

function match(before: readonly Evidence[], after: readonly Evidence[]) {
  const ordinals = new Map<string, number>();
  const known: Known[] = before.map((evidence, id) => {
    const ordinal = ordinals.get(evidence.identity) ?? 0;
    ordinals.set(evidence.identity, ordinal + 1);
    return { ...evidence, id, ordinal, contentHash: "", own: "open", ground: null, dismissedBy: null };
  });
  const partners = pairUp(after, known);
  const paired = new Set(partners);
  const fresh = after.flatMap((evidence, index) => (partners[index] === -1 ? [{ evidence, index }] : []));
  const gone = known.filter((finding) => !paired.has(finding.id));
  const reported = new Set(after.map(({ place }) => place?.path));
  const knownPaths = new Set(before.map(({ place }) => place?.path));
  const moved = pairMoved({
    fresh: fresh.map(({ evidence }) => evidence),
    gone,
    isReported: (path) => reported.has(path),
    wasKnown: (path) => knownPaths.has(path),
  });
  for (const [position, partner] of moved.entries()) {
    const index = fresh[position]?.index;
    const finding = gone[partner];
    if (index !== undefined && finding !== undefined) partners[index] = finding.id;
  }
  const pairs = partners.flatMap((partner, index) => (partner === -1 ? [] : [[partner, index]])).toSorted(([one = 0], [other = 0]) => one - other);
  return { same: pairs.length, fixed: before.length - pairs.length, new: after.length - pairs.length, pairs };
}

/** The hashes of lines of the sources under a folder; the folder may stand for any part of the reported path. */
function lineHashes(folder: string): (path: string, line: number) => string | null {
  const files = new Map<string, string[] | null>();
  return (path, line) => {
    let lines = files.get(path);
    if (lines === undefined) {
      const file = findFile(folder, path);
      lines = file === null ? null : readFileSync(file, "utf8").split(/\r\n|\r|\n/);
      files.set(path, lines);
    }
    const text = lines?.[line - 1];
    return text === undefined ? null : contentHashOf(text);
  };
}

/** The file with the longest end of the path that is there; `..` leads nowhere. */
function findFile(folder: string, path: string): string | null {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".." && part !== ".");
  for (let start = 0; start < parts.length; start++) {
    const file = join(folder, ...parts.slice(start));
    if (existsSync(file) && statSync(file).isFile()) return file;
  }
  return null;
}

await main();
