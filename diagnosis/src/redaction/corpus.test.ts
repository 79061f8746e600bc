import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { pemLines, placeMakers, type Random, seededRandom, tokenMakers } from "./fixture.ts";
import { type Redaction, redactor } from "./stream.ts";

const corpora = process.env["CORPUS_DIR"] ?? join(import.meta.dirname, "../../../../shared/corpora");
const folder = join(corpora, "ci-logs", "logs");
const isThere = existsSync(folder);
if (!isThere) console.info(`Skipped: no logs of public projects in ${folder}. CORPUS_DIR names the folder of corpora.`);
const logs = isThere ? readdirSync(folder).toSorted() : [];

/** Lines that may change where nothing was put in: the password of a call between two browsers (`a=ice-pwd:`), garbled by the log itself. */
const allowed = 1;

function linesOf(log: string): string[] {
  return gunzipSync(readFileSync(join(folder, log)))
    .toString("latin1")
    .split("\n");
}

function redactLatin1(log: string): { lines: string[]; told: readonly Redaction[] } {
  const told: Redaction[] = [];
  const stage = redactor({ onRedaction: (redaction) => told.push(redaction) });
  const out = [stage.write(Buffer.from(log, "latin1")), stage.end()];
  return { lines: Buffer.concat(out).toString("latin1").split("\n"), told };
}

type Planted = { readonly lines: readonly string[]; readonly mustBeGone: readonly string[] };

const disguises: readonly ((line: string, random: Random) => string)[] = [
  (line) => line,
  (line) => `2026-01-02T03:04:05.6789012Z ${line}`,
  (line) => JSON.stringify({ level: "info", message: line }),
  (line) => `data: ${Buffer.from(line).toString("base64")}`,
  (line) => Buffer.from(` ${line}`).toString("base64url"),
  (line) => `  ${Buffer.from(`: ${line} .`).toString("base64")}`,
  (line, random) => {
    const at = 1 + Math.floor(random() * (line.length - 1));
    return `${line.slice(0, at)}\u001b[1;33m${line.slice(at)}\u001b[0m`;
  },
  (line) => `GET /?q=${encodeURIComponent(line)} 200`,
];

function plant(random: Random): Planted {
  const choice = random();
  if (choice < 0.1) {
    const key = pemLines(random, choice < 0.05 ? "OPENSSH PRIVATE KEY" : "RSA PRIVATE KEY", 5 + Math.floor(random() * 30));
    const prefix = choice < 0.07 ? "2026-01-02T03:04:05.6789012Z " : "";
    return { lines: key.map((line) => prefix + line), mustBeGone: key.slice(1, -1) };
  }
  const disguise = disguises[Math.floor(random() * disguises.length)] ?? String;
  if (choice < 0.3) {
    const sample = placeMakers[Math.floor(random() * placeMakers.length)]?.[1](random) ?? { text: "", parts: [] };
    // What only its place tells is told by it where the place can be read.
    const line = disguises.indexOf(disguise) < 3 ? disguise(sample.text, random) : sample.text;
    return { lines: [line], mustBeGone: sample.parts };
  }
  const secret = tokenMakers[Math.floor(random() * tokenMakers.length)]?.[1](random) ?? "";
  const line = disguise(secret, random);
  const encoded = [Buffer.from(secret), Buffer.from(` ${secret}`), Buffer.from(`: ${secret}`)].map((bytes) => bytes.toString("base64").slice(8, -8));
  return { lines: [line], mustBeGone: [secret, secret.slice(-14), encodeURIComponent(secret), line, ...encoded] };
}

describe.skipIf(!isThere)("In real logs", () => {
  test("nothing is redacted where no secret is, nor any byte changed", () => {
    const changed = logs.flatMap((log) => {
      const before = linesOf(log);
      const { lines } = redactLatin1(before.join("\n"));
      expect(lines).toHaveLength(before.length);
      return before.filter((line, index) => line !== lines[index]);
    });
    expect(changed.length, changed.join("\n")).toBeLessThanOrEqual(allowed);
  });

  test("of 500 secrets of all kinds, in all disguises, none is left, and all other lines stay as they are", () => {
    const random = seededRandom(20_260_101);
    const planted = new Map<string, Planted[]>();
    for (let count = 0; count < 500; count++) {
      const log = logs[Math.floor(random() * logs.length)] ?? "";
      planted.set(log, [...(planted.get(log) ?? []), plant(random)]);
    }
    const left: string[] = [];
    let different = 0;
    for (const [log, secrets] of planted) {
      const before = linesOf(log);
      const places = secrets.map((secret) => ({ secret, at: Math.floor(random() * (before.length - 1)) })).toSorted((one, other) => one.at - other.at);
      const isPlanted: boolean[] = [];
      const expected: string[] = [];
      let from = 0;
      for (const { secret, at } of [...places, { secret: { lines: [] }, at: before.length }]) {
        for (; from < at; from++) expected.push(before[from] ?? "");
        for (const line of secret.lines) {
          isPlanted[expected.length] = true;
          expected.push(line);
        }
      }
      const { lines } = redactLatin1(expected.join("\n"));
      expect(lines).toHaveLength(expected.length);
      different += lines.filter((line, index) => isPlanted[index] !== true && line !== expected[index]).length;
      const shown = lines.filter((_line, index) => isPlanted[index] === true).join("\n");
      for (const { secret } of places) for (const part of secret.mustBeGone) if (shown.includes(part)) left.push(`${part} of ${secret.lines[0] ?? ""}`);
    }
    expect(left).toEqual([]);
    expect(different).toBeLessThanOrEqual(allowed);
  });
});
