import type { AuditProblem } from "@sentinal/contract";
import { sql } from "kysely";
import type { Database } from "../database/index.ts";
import { judge, type Suspect } from "./judge.ts";
import { type ChainHead, chainHash, chainStart, rememberedHead, sealableColumns, type SealedEntry } from "./seal.ts";

/**
 * What is wrong with the log, entry by entry:
 * - `changed`: this is not the entry that was sealed at the position. Where somebody computed its hash anew, the break
 *   shows at the entry after it.
 * - `reordered`: the entry was sealed, but at `sealedAt`.
 * - `missing`: nothing stands at the positions `from` to `to`. The entry right after a gap cannot be checked.
 * - `unsealed`: it has no place in the chain; `isLate` when it is older than the seconds that sealing may take.
 * - `head_lost`: the hub no longer remembers where the chain ends, so entries cut off the end would not be missed.
 * - `head_differs`: at the position of a head that was kept elsewhere stands another hash, or nothing.
 */
export type ChainProblem = AuditProblem;

export type Verification = {
  /** True when nothing was found but entries that are about to be sealed. */
  isIntact: boolean;
  /** Sealed entries that were read. */
  checked: number;
  /** Where the chain ends; who keeps this elsewhere can later prove that nothing before it changed. */
  head: { position: number; hash: string };
  problems: ChainProblem[];
  /** True when there are more problems than are named. */
  isCutOff: boolean;
};

/** A log that can be checked: the database's own, or one that was exported. */
export type ChainLog = {
  /** What its first entry hangs on. */
  start: ChainHead;
  /** Where it must end; null when that is not known. */
  end: ChainHead | null;
  /** Whether it ought to be known. */
  mustKnowEnd: boolean;
  sealed(): AsyncIterable<readonly SealedEntry[]>;
  unsealed(): AsyncIterable<{ id: number; at: string; isLate: boolean }>;
};

export type VerifyOptions = {
  /** Heads that were kept elsewhere. */
  keptHeads?: readonly ChainHead[];
  /** Hears, now and then, how many entries were checked. */
  onProgress?(checked: number): void;
  /** Ends the check, with the signal's reason. */
  signal?: AbortSignal;
};

type Gap = { from: number; to: number; before: ChainHead; isBeforeSound: boolean };

const pageEntries = 500;
const namedProblems = 1_000;
/** Finding where entries came from compares each with each; those beyond are called changed. */
const comparedSuspects = 300;
/** Gaps that entries from further down, in a file out of order, may turn out to fill. */
const keptGaps = 1_000;
/** Sealing takes less. */
export const lateAfterSeconds = 5;

/** Reads the whole log of the database once, page by page, and checks it against its chain. */
export async function verifyAudit(db: Database, options: VerifyOptions = {}): Promise<Verification> {
  // Read before the walk: what is sealed meanwhile lies beyond it.
  const end = await rememberedHead(db);
  return verifyChain({ start: chainStart, end, mustKnowEnd: true, sealed: () => sealedEntries(db), unsealed: () => unsealedEntries(db) }, options);
}

/** Checks a log against its chain, in one pass and bounded memory. */
export async function verifyChain(log: ChainLog, options: VerifyOptions = {}): Promise<Verification> {
  const problems: ChainProblem[] = [];
  const suspects: Suspect[] = [];
  let gaps: Gap[] = [];
  let isIntact = true;
  let isCutOff = false;
  let checked = 0;
  let last = log.start;
  let isLastSound = true;
  const kept = (options.keptHeads ?? []).map((head) => ({ ...head, found: null as Buffer | null }));

  function report(problem: ChainProblem): void {
    if (problem.kind !== "unsealed" || problem.isLate) isIntact = false;
    if (problems.length < namedProblems) problems.push(problem);
    else isCutOff = true;
  }

  function suspect(one: Suspect): void {
    if (suspects.length < comparedSuspects) suspects.push(one);
    else if (!one.isAfterGap) report({ kind: "changed", id: one.entry.id, position: one.entry.position });
  }

  /** An entry whose place was passed already: it fills a gap, or it stands there twice. */
  function checkLate(entry: SealedEntry): void {
    const gap = gaps.find(({ from, to }) => from <= entry.position && entry.position <= to);
    if (gap === undefined) return report({ kind: "changed", id: entry.id, position: entry.position });
    const rest = [
      { ...gap, to: entry.position - 1 },
      { from: entry.position + 1, to: gap.to, before: { position: entry.position, hash: entry.hash }, isBeforeSound: false },
    ];
    gaps = gaps.flatMap((one) => (one === gap ? rest.filter(({ from, to }) => from <= to) : [one]));
    const isAfterGap = gap.from !== entry.position;
    suspect({ entry, before: gap.before, isBeforeSound: gap.isBeforeSound && !isAfterGap, isAfterGap, place: log.start.position + checked });
  }

  function check(entry: SealedEntry): void {
    checked++;
    for (const head of kept) if (head.position === entry.position) head.found = entry.hash;
    // The chain begins behind its start: this one was put in by hand.
    if (entry.position <= log.start.position) return report({ kind: "changed", id: entry.id, position: entry.position });
    if (entry.position <= last.position) return checkLate(entry);
    const isAfterGap = entry.position !== last.position + 1;
    if (isAfterGap) {
      const gap = { from: last.position + 1, to: entry.position - 1, before: last, isBeforeSound: isLastSound };
      if (gaps.length < keptGaps) gaps.push(gap);
      else report({ kind: "missing", from: gap.from, to: gap.to });
    }
    const isSound = chainHash(last.hash, entry).equals(entry.hash);
    const isOtherThanEnd = entry.position === log.end?.position && !entry.hash.equals(log.end.hash);
    if (!isSound) suspect({ entry, before: last, isBeforeSound: isLastSound, isAfterGap, place: null });
    if (isOtherThanEnd && (isSound || isAfterGap)) report({ kind: "changed", id: entry.id, position: entry.position });
    last = { position: entry.position, hash: entry.hash };
    isLastSound = isSound;
  }

  for await (const page of log.sealed()) {
    options.signal?.throwIfAborted();
    for (const entry of page) check(entry);
    options.onProgress?.(checked);
  }

  for (const { from, to } of gaps) report({ kind: "missing", from, to });
  const isStillAfterGap = (one: Suspect) => one.isAfterGap && gaps.some((gap) => gap.to === one.entry.position - 1);
  for (const problem of judge(suspects.map((one) => ({ ...one, isAfterGap: isStillAfterGap(one) })))) report(problem);
  if (log.mustKnowEnd && log.end === null && checked > 0) report({ kind: "head_lost" });
  if (log.end !== null && log.end.position > last.position) report({ kind: "missing", from: last.position + 1, to: log.end.position });
  for (const { position, hash, found } of kept) {
    if (found?.equals(hash) !== true) report({ kind: "head_differs", position, kept: hash.toString("hex"), found: found?.toString("hex") ?? null });
  }
  for await (const entry of log.unsealed()) report({ kind: "unsealed", ...entry });
  return { isIntact, checked, head: { position: last.position, hash: last.hash.toString("hex") }, problems, isCutOff };
}

/** The entries at these positions (both included), in the order of the chain. */
export async function* sealedEntries(db: Database, range?: { first: number; last: number }): AsyncGenerator<SealedEntry[]> {
  for (let after = range === undefined ? Number.MIN_SAFE_INTEGER : range.first - 1; ;) {
    const page = await db
      .selectFrom("audit_entries")
      .select([...sealableColumns(), "position", "hash"])
      .where("position", ">", after)
      .where("position", "<=", range?.last ?? Number.MAX_SAFE_INTEGER)
      .orderBy("position")
      .limit(pageEntries)
      .execute();
    const entries = page.flatMap(({ position, hash, ...entry }): SealedEntry[] => {
      // A seal without its hash is no seal: it can match nothing.
      return position === null ? [] : [{ ...entry, position, hash: hash ?? Buffer.alloc(0) }];
    });
    if (entries.length > 0) yield entries;
    after = entries.at(-1)?.position ?? after;
    if (page.length < pageEntries) return;
  }
}

async function* unsealedEntries(db: Database): AsyncGenerator<{ id: number; at: string; isLate: boolean }> {
  for (let after = 0; ;) {
    const page = await db
      .selectFrom("audit_entries")
      .select(["id", "at", sql<boolean>`at < clock_timestamp() - make_interval(secs => ${lateAfterSeconds})`.as("is_late")])
      .where("position", "is", null)
      .where("id", ">", after)
      .orderBy("id")
      .limit(pageEntries)
      .execute();
    for (const entry of page) yield { id: entry.id, at: entry.at.toISOString(), isLate: entry.is_late };
    const last = page.at(-1);
    if (last === undefined || page.length < pageEntries) return;
    after = last.id;
  }
}
