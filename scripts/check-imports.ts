import { globSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";

const root = join(import.meta.dirname, "..");

/** Rooms of the hub that know no feature. */
const groundFloor = ["http", "database", "tasks", "realtime", "vault", "audit"];
/** Features, and what each may use of the others, by their index.ts. */
const features: Readonly<Record<string, readonly string[]>> = {
  accounts: [],
  "api-tokens": ["accounts"],
  "device-sign-in": ["accounts"],
  oidc: ["accounts"],
  "ci-runs": [],
  matching: [],
  "service-tokens": [],
  diagnosing: [],
  reading: ["matching"],
  scans: ["ci-runs", "reading", "matching"],
};
/** What each package may import of the others. */
const packages: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  tokens: ["contract"],
  reports: ["contract"],
  send: ["contract", "tokens", "reports"],
  diagnosis: ["contract"],
  posture: ["contract"],
  hub: ["contract", "tokens", "reports", "diagnosis", "posture"],
  web: ["contract", "tokens", "reports", "diagnosis", "posture"],
  cli: ["contract", "tokens", "reports", "send", "diagnosis", "posture"],
  action: ["contract", "tokens", "reports", "send", "diagnosis", "posture"],
};
/** The operator's commands act on the hub's machine, with the hub's own code. */
const operatorCommands = /^cli\/src\/commands\/(audit|doctor|key|serve|service-token|token|token-keeper|trust-keeper|user)\.ts$/;
const operatorEntries = new Set(["hub/src/main.ts", "hub/src/operator.ts", "hub/src/config.ts"]);

type Import = { from: string; to: string };

/** Why an import is against the rules of ARCHITECTURE.md; null when it is not. Paths are relative to the root, with `/`. */
export function violation({ from, to }: Import): string | null {
  const fromPackage = from.split("/", 1)[0] ?? "";
  const toPackage = to.startsWith("@sentinal/") ? (to.split("/")[1] ?? "") : (to.split("/", 1)[0] ?? "");
  const allowed = packages[fromPackage];
  if (allowed === undefined) return null;
  if (toPackage in packages && toPackage !== fromPackage && !allowed.includes(toPackage)) {
    if (operatorCommands.test(from) && operatorEntries.has(to)) return null;
    return `${fromPackage} must not import ${toPackage}`;
  }
  return fromPackage === "hub" && toPackage === "hub" ? hubViolation(from, to) : null;
}

function hubViolation(from: string, to: string): string | null {
  const fromRoom = roomOf(from);
  const toRoom = roomOf(to);
  if (fromRoom === toRoom || toRoom === null || !(toRoom in features)) return null;
  if (fromRoom !== null && groundFloor.includes(fromRoom)) return `the ground floor (${fromRoom}) must not know a feature (${toRoom})`;
  if (!to.endsWith(`/${toRoom}/index.ts`)) return `${toRoom} is used through its index.ts only`;
  const allowed = fromRoom === null ? undefined : features[fromRoom];
  return allowed === undefined || allowed.includes(toRoom) ? null : `${fromRoom} must not use ${toRoom}`;
}

/** The folder of a file of the hub; null for those that stand beside the folders, which wire them. */
function roomOf(file: string): string | null {
  const [, , room = "", ...rest] = file.split("/");
  return rest.length === 0 ? null : room;
}

/** Folders of the hub that the tables above do not name, whose imports nobody would check. */
export function unknownRooms(files: readonly string[]): string[] {
  const rooms = files.filter((file) => file.startsWith("hub/src/")).flatMap((file) => roomOf(file) ?? []);
  return [...new Set(rooms)].filter((room) => !groundFloor.includes(room) && !(room in features));
}

/** What a file's text imports of this project: by a relative path, or by a package's name. */
export function importsOf(file: string, text: string): Import[] {
  const found = text.matchAll(/^\s*(?:import|export)\b[^;'"]*?from\s+["']([^"']+)["']|^\s*import\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm);
  return [...found].flatMap((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? "";
    if (name.startsWith("@sentinal/")) return [{ from: file, to: name }];
    if (!name.startsWith(".")) return [];
    return [{ from: file, to: posix.normalize(posix.join(dirname(file), name)) }];
  });
}

function main(): void {
  const files = globSync(`{${Object.keys(packages).join(",")}}/src/**/*.{ts,tsx}`, { cwd: root }).map((path) =>
    relative(root, join(root, path)).split(sep).join("/"),
  );
  const imports = files.filter((file) => !/\.test\.tsx?$/.test(file)).flatMap((file) => importsOf(file, readFileSync(join(root, file), "utf8")));
  const wrong = imports.flatMap((one) => {
    const reason = violation(one);
    return reason === null ? [] : [`${one.from} imports ${one.to}: ${reason}`];
  });
  for (const room of unknownRooms(files)) wrong.push(`hub/src/${room} stands in no table of scripts/check-imports.ts: say what it may import`);
  for (const line of wrong) console.error(line);
  if (imports.length === 0) console.error("no imports were found: the check looks in the wrong place");
  process.exitCode = wrong.length > 0 || imports.length === 0 ? 1 : 0;
}

if (import.meta.main) main();
