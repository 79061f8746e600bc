import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { contentHashOf } from "@sentinal/reports";
import { type Evidence, evidenceOf, type Known, pairMoved, pairUp } from "../hub/src/matching/index.ts";
import { pathFromUser, readReport, reportFilesOf } from "./report-file.ts";

const usage = `Which findings of two reports are the same, as the hub decides it. No hub is needed.

  npm run --silent match -- A B [--source DIR_A DIR_B]

A and B are reports of one tool over the same project, A the earlier one: SARIF, ESLint, Checkstyle, SonarQube, Trivy,
ZAP; they may be compressed. Writes one object of JSON to standard output:

  {"same": 3, "fixed": 1, "new": 1, "pairs": [[0, 0], [2, 1], [3, 2]]}

  same    pairs of equal findings; fixed: of A, without a partner; new: of B, without a partner
  pairs   [index in A, index in B], both from 0 in the order in which a report holds its findings: ESLint's messages file
          by file, SARIF's results, Checkstyle's errors, SonarQube's issues

--source DIR_A DIR_B  The folders that hold the sources of A and of B, for hashes of the lines. The folder may stand for
                      any part of the reported paths; lines of which there is no source are matched without.

What is wrong with a report is said on standard error. Where one is refused, nothing is matched: all counts are 0, and so is
the exit code. It is 2 for wrong arguments and for paths that are not there.

  npm run --silent match -- before.sarif after.sarif
  npm run --silent match -- before.json after.json --source ../before ../after`;

export type Match = { same: number; fixed: number; new: number; pairs: [number, number][] };

/** The hash of a line of the sources, or null where it is not there. */
type ContentOf = (path: string, line: number) => string | null;

/** Matches the findings of two report files; the folders hold their sources. `onProblem` hears what is wrong with a file. */
export async function matchFiles(
  files: { before: string; after: string },
  sources: { before: string; after: string } | null,
  onProblem: (message: string) => void,
): Promise<Match> {
  const before = await evidenceOfFile(files.before, sources === null ? () => null : linesOf(sources.before), onProblem);
  const after = await evidenceOfFile(files.after, sources === null ? () => null : linesOf(sources.after), onProblem);
  return before === null || after === null ? matchEvidence([], []) : matchEvidence(before, after);
}

/** Matches two reports as the hub does when the first is all it knows. */
export function matchEvidence(before: readonly Evidence[], after: readonly Evidence[]): Match {
  const ordinals = new Map<string, number>();
  const known: Known[] = before.map((evidence, id) => {
    const ordinal = ordinals.get(evidence.identity) ?? 0;
    ordinals.set(evidence.identity, ordinal + 1);
    return { ...evidence, id, ordinal, contentHash: "", own: "open", ground: null, dismissedBy: null };
  });
  const partners = pairUp(after, known);
  const paired = new Set(partners);
  const fresh = after.flatMap((evidence, index) => (partners[index] === -1 ? [{ evidence, index }] : []));
  const gone = known.filter(({ id }) => !paired.has(id));
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
  const pairs = partners
    .map((partner, index): [number, number] => [partner, index])
    .filter(([partner]) => partner !== -1)
    .toSorted(([one], [other]) => one - other);
  return { same: pairs.length, fixed: before.length - pairs.length, new: after.length - pairs.length, pairs };
}

/** Null for a report that is refused. */
async function evidenceOfFile(path: string, contentOf: ContentOf, onProblem: (message: string) => void): Promise<Evidence[] | null> {
  const evidence: Evidence[] = [];
  let count = 0;
  for await (const file of reportFilesOf(path)) {
    if (++count > 1) {
      onProblem(`error: ${path}: the archive holds several files, and reports are matched one by one`);
      return null;
    }
    const read = await readReport(file, (record) => {
      if (!("rule" in record)) return;
      const content = record.path === null || record.line === null ? null : contentOf(record.path, record.line);
      evidence.push(evidenceOf(record, content));
    });
    if (read.refusal !== null) {
      onProblem(`error: ${file.name}: ${read.refusal}`);
      return null;
    }
    for (const problem of read.problems) onProblem(`note: ${file.name}: ${problem}`);
  }
  return evidence;
}

function linesOf(folder: string): ContentOf {
  const files = new Map<string, string[] | null>();
  return (path, line) => {
    let lines = files.get(path);
    if (lines === undefined) {
      lines = readLines(folder, path);
      files.set(path, lines);
    }
    const text = lines?.[line - 1];
    return text === undefined ? null : contentHashOf(text);
  };
}

/** Of the file with the longest end of the path that is there; `..` leads nowhere, and what cannot be read is not there. */
function readLines(folder: string, path: string): string[] | null {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".." && part !== ".");
  for (let start = 0; start < parts.length; start++) {
    const file = join(folder, ...parts.slice(start));
    try {
      if (statSync(file).isFile()) return readFileSync(file, "utf8").split(/\r\n|\r|\n/);
    } catch {
      // A shorter end of the path may be there.
    }
  }
  return null;
}

type Arguments = { files: { before: string; after: string }; sources: { before: string; after: string } | null };

/** `help` for a request for it, null for arguments that make no sense. */
function argumentsOf(args: string[]): Arguments | "help" | null {
  const { values, tokens } = (() => {
    try {
      return parseArgs({ args, allowPositionals: true, tokens: true, options: { source: { type: "boolean" }, help: { type: "boolean", short: "h" } } });
    } catch {
      return { values: null, tokens: [] };
    }
  })();
  if (values === null) return null;
  if (values.help === true) return "help";
  const sourceAt = tokens.find((token) => token.kind === "option" && token.name === "source")?.index ?? null;
  const paths = tokens.flatMap((token) => (token.kind === "positional" ? [{ path: pathFromUser(token.value), index: token.index }] : []));
  // The two folders follow the option, wherever it stands.
  const folders = sourceAt === null ? [] : paths.filter(({ index }) => index === sourceAt + 1 || index === sourceAt + 2);
  const [before, after, ...more] = paths.filter((one) => !folders.includes(one)).map(({ path }) => path);
  const [sourceBefore, sourceAfter] = folders.map(({ path }) => path);
  if (before === undefined || after === undefined || more.length > 0) return null;
  if (sourceAt === null) return { files: { before, after }, sources: null };
  return sourceBefore === undefined || sourceAfter === undefined ? null : { files: { before, after }, sources: { before: sourceBefore, after: sourceAfter } };
}

async function main(): Promise<void> {
  const args = argumentsOf(process.argv.slice(2));
  if (args === "help") return console.log(usage);
  if (args === null) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const absent = [args.files.before, args.files.after, ...Object.values(args.sources ?? {})].filter((path) => !existsSync(path));
  if (absent.length > 0) {
    for (const path of absent) console.error(`error: ${path}: there is no such file or folder. Check the path.`);
    process.exitCode = 2;
    return;
  }
  console.log(JSON.stringify(await matchFiles(args.files, args.sources, (message) => console.error(message))));
}

if (import.meta.main) await main();
