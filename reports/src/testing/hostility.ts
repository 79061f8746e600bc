import fc from "fast-check";
import { expect } from "vitest";
import { limits } from "../limits.ts";
import type { ReportReader } from "../reader.ts";
import type { Read } from "./read-all.ts";
import { bytesOf, readAll } from "./read-all.ts";

const recordsOf = ({ findings, tests }: Read) => [...findings, ...tests].map((record) => JSON.stringify(record));

/** A content cut at any byte never throws, gives nothing that the whole has not, and says that it is not whole. */
export async function checkCuts(reader: ReportReader, content: unknown): Promise<void> {
  const bytes = bytesOf(content);
  const whole = new Set(recordsOf(await readAll(reader, bytes)));
  for (let end = 0; end < bytes.length; end++) {
    const read = await readAll(reader, bytes.subarray(0, end));
    if (!recordsOf(read).every((record) => whole.has(record))) expect.fail(`at byte ${end}: a record that the whole report has not`);
    if (!read.problems.some(({ severity }) => severity !== "warning")) expect.fail(`at byte ${end}: taken for a whole report`);
  }
}

/** Whatever is done to the bytes, the reader ends with a summary or a refusal, and what it gives fits the database. */
export async function checkChangedBytes(reader: ReportReader, content: unknown): Promise<void> {
  const bytes = bytesOf(content);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 5_000 }),
      async (changes, pieceBytes) => {
        const changed = Uint8Array.from(bytes);
        for (const [position, byte] of changes) changed[position] = byte;
        checkBounds(await readAll(reader, changed, pieceBytes));
      },
    ),
    { numRuns: 300 },
  );
}

/** What the database and the pages rely on, whatever a report held. */
export function checkBounds(read: Read): void {
  const { findings, tests, summary, problems, order } = read;
  expect(order.includes("summary") || problems.some(({ severity }) => severity === "refused")).toBe(true);
  const written = JSON.stringify([findings, tests, summary, problems]);
  expect(written.isWellFormed() && !/\\u0000|\\ud[89a-f]/.test(written)).toBe(true);
  for (const { rule, title, message, path, url, line, detail } of findings) {
    expect(rule.length > 0 && rule.length <= limits.rule && title.length <= limits.title && message.length <= limits.message).toBe(true);
    expect((path?.length ?? 0) <= limits.path && (url?.length ?? 0) <= limits.url).toBe(true);
    checkLineAndDetail(line, detail);
  }
  for (const { name, suites, file, message, trace, attempts, durationMs, line, detail, identity } of tests) {
    expect(name.length > 0 && name.length <= limits.path && suites.length <= limits.suites && attempts.length <= limits.attempts).toBe(true);
    expect(suites.every((suite) => suite.length > 0 && suite.length <= limits.testName)).toBe(true);
    expect((file?.length ?? 0) <= limits.path && (message?.length ?? 0) <= limits.message && (trace?.length ?? 0) <= limits.trace).toBe(true);
    expect(durationMs === null || (Number.isFinite(durationMs) && durationMs >= 0)).toBe(true);
    expect(identity.every((part) => part === null || part.length <= limits.identityPart)).toBe(true);
    expect(JSON.stringify([name, suites, message, trace, detail])).not.toContain("\\u001b");
    checkLineAndDetail(line, detail);
  }
}

function checkLineAndDetail(line: number | null, detail: Record<string, unknown>): void {
  expect(line === null || (Number.isInteger(line) && line > 0 && line < 2 ** 31)).toBe(true);
  expect(Buffer.byteLength(JSON.stringify(detail))).toBeLessThanOrEqual(limits.detailBytes);
}
