import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { Database } from "../database/index.ts";
import { chainStart, type ChainHead, furthestHead, sealableColumns, sealAll, type SealableEntry, type SealedEntry } from "./seal.ts";
import { type ChainLog, lateAfterSeconds, sealedEntries } from "./verify.ts";

/** From a moment on, until before another; null leaves that side open. */
export type ExportRange = { from: Date | null; to: Date | null };

/** A file that is no export of an audit log; the message says where and why. */
export class AuditFileProblem extends Error {}

const End = z.object({ position: z.number().int().min(-1), hash: z.string().regex(/^[0-9a-f]{64}$/) });
/** The first line: what stands in the file, what its first entry hangs on, and where it must end. */
const Header = z.object({
  format: z.literal("sentinal-audit-log"),
  version: z.literal(1),
  exported_at: z.iso.datetime(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  start: End,
  end: End,
});
type Header = z.infer<typeof Header>;

const pageLines = 2_000;
/** No entry comes near it. */
const longestLine = 1_000_000;

/**
 * The log as JSON lines, in pieces of some thousand lines: the header, the sealed entries in the order of the chain,
 * then those that wait for their seal. A range holds all entries of its time, and what stands between them in the
 * chain, so that it can be verified by itself.
 */
export async function* exportLog(db: Database, range: ExportRange, nowMs: number): AsyncGenerator<string> {
  await sealAll(db);
  const { start, end } = await endsOf(db, range);
  const header: Header = {
    format: "sentinal-audit-log",
    version: 1,
    exported_at: new Date(nowMs).toISOString(),
    from: range.from?.toISOString() ?? null,
    to: range.to?.toISOString() ?? null,
    start: { position: start.position, hash: start.hash.toString("hex") },
    end: { position: end.position, hash: end.hash.toString("hex") },
  };
  yield `${JSON.stringify(header)}\n`;
  for await (const page of sealedEntries(db, { first: start.position + 1, last: end.position })) {
    yield page.map(({ position, hash, ...entry }) => lineOf(position, hash.toString("hex"), entry)).join("");
  }
  for await (const page of unsealed(db, range)) yield page.map((entry) => lineOf(null, null, entry)).join("");
}

function lineOf(position: number | null, hash: string | null, entry: SealableEntry): string {
  return `${JSON.stringify({ position, hash, ...entry })}\n`;
}

/** What the first entry of the range hangs on, and the last one. */
async function endsOf(db: Database, { from, to }: ExportRange): Promise<{ start: ChainHead; end: ChainHead }> {
  const head = await furthestHead(db);
  if (from === null && to === null) return { start: chainStart, end: head };
  const found = await db
    .selectFrom("audit_entries")
    .select(({ fn }) => [fn.min("position").as("first"), fn.max("position").as("last")])
    .where("position", "is not", null)
    .$if(from !== null, (query) => query.where("at", ">=", from))
    .$if(to !== null, (query) => query.where("at", "<", to))
    .executeTakeFirst();
  const [first, last] = [found?.first ?? null, found?.last ?? null];
  // Nothing stands in the range: the file says so by its ends.
  if (first === null || last === null) return { start: head, end: head };
  const before = first === 1 ? chainStart : await headAt(db, first - 1);
  return {
    // Where the one before is gone, the file begins with that gap, which verifying names.
    start: before ?? { position: first - 2, hash: chainStart.hash },
    end: to === null ? head : ((await headAt(db, last)) ?? head),
  };
}

async function headAt(db: Database, position: number): Promise<ChainHead | null> {
  const row = await db.selectFrom("audit_entries").select("hash").where("position", "=", position).executeTakeFirst();
  return row?.hash?.length === 32 ? { position, hash: row.hash } : null;
}

async function* unsealed(db: Database, { from, to }: ExportRange): AsyncGenerator<SealableEntry[]> {
  for (let after = 0; ;) {
    const page = await db
      .selectFrom("audit_entries")
      .select(sealableColumns())
      .where("position", "is", null)
      .where("id", ">", after)
      .$if(from !== null, (query) => query.where("at", ">=", from))
      .$if(to !== null, (query) => query.where("at", "<", to))
      .orderBy("id")
      .limit(pageLines)
      .execute();
    if (page.length > 0) yield page;
    after = page.at(-1)?.id ?? after;
    if (page.length < pageLines) return;
  }
}

/** An exported log, for `verifyChain`. Throws AuditFileProblem when the file is none; reading goes on while it is verified. */
export async function openExport(path: string): Promise<ChainLog & { total: number }> {
  const lines = readLines(path);
  const first = await lines.next();
  const header = Header.safeParse(first.done === true ? null : jsonOf(first.value.text));
  if (!header.success) throw new AuditFileProblem("The first line is not that of an exported audit log. Make one with: sentinal audit export --out FILE");
  const { start, end, exported_at: exportedAt } = header.data;
  const lateBefore = new Date(Date.parse(exportedAt) - lateAfterSeconds * 1_000).toISOString();
  const waiting: { id: number; at: string; isLate: boolean }[] = [];

  async function* sealed(): AsyncGenerator<SealedEntry[]> {
    let page: SealedEntry[] = [];
    for await (const { text, number } of lines) {
      const { position, hash, entry } = entryOf(text, number);
      if (position === null || hash === null) waiting.push({ id: entry.id, at: entry.at, isLate: entry.at < lateBefore });
      else page.push({ ...entry, position, hash: Buffer.from(hash, "hex") });
      if (page.length < pageLines) continue;
      yield page;
      page = [];
    }
    yield page;
  }

  return {
    start: headOf(start),
    end: headOf(end),
    mustKnowEnd: true,
    total: Math.max(0, end.position - start.position),
    sealed,
    async *unsealed() {
      yield* waiting;
    },
  };
}

function headOf(end: z.infer<typeof End>): ChainHead {
  return { position: end.position, hash: Buffer.from(end.hash, "hex") };
}

async function* readLines(path: string): AsyncGenerator<{ text: string; number: number }> {
  let number = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (text.length > longestLine) throw new AuditFileProblem(`Line ${number} is longer than any entry.`);
      if (text !== "") yield { text, number };
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "string") {
      throw new AuditFileProblem(`${path} cannot be read (${error.code}).`, { cause: error });
    }
    throw error;
  }
}

/** By hand: a schema would take as long for a million entries as all their hashes. */
function entryOf(text: string, number: number): { position: number | null; hash: string | null; entry: SealableEntry } {
  const line = jsonOf(text);
  if (!isRecord(line)) throw new AuditFileProblem(`Line ${number} is no JSON object.`);
  const { id, at, actor_kind, actor_id, action, subject_kind, subject_id, outcome, address, request_id, detail, position, hash } = line;
  if (
    typeof id !== "number" ||
    typeof at !== "string" ||
    typeof actor_kind !== "string" ||
    typeof action !== "string" ||
    typeof outcome !== "string" ||
    !isTextOrNull(actor_id) ||
    !isTextOrNull(subject_kind) ||
    !isTextOrNull(subject_id) ||
    !isTextOrNull(address) ||
    !isTextOrNull(request_id) ||
    !isTextOrNull(hash) ||
    (position !== null && !Number.isSafeInteger(position))
  )
    throw new AuditFileProblem(`Line ${number} is no entry of an audit log.`);
  return {
    position: position === null ? null : Number(position),
    hash,
    entry: { id, at, actor_kind, actor_id, action, subject_kind, subject_id, outcome, address, request_id, detail },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}
