import { sql } from "kysely";
import type { Database } from "../database/index.ts";
import { type ChainHead, chainHash, chainStart, rememberedHead, type SealableEntry, sealableColumns } from "./seal.ts";

/**
 * What is wrong with the log, entry by entry:
 * - `changed`: this is not the entry that was sealed at the position. Where somebody computed its hash anew, the break
 *   shows at the entry after it.
 * - `reordered`: the entry was sealed, but at `sealedAt`.
 * - `missing`: nothing stands at the positions `from` to `to`. The entry right after a gap cannot be checked.
 * - `unsealed`: it has no place in the chain; `isLate` when it is older than the seconds that sealing may take.
 * - `head_lost`: the hub no longer remembers where the chain ends, so entries cut off the end would not be missed.
 */
export type ChainProblem =
  | { kind: "changed"; id: number; position: number }
  | { kind: "reordered"; id: number; position: number; sealedAt: number }
  | { kind: "missing"; from: number; to: number }
  | { kind: "unsealed"; id: number; at: string; isLate: boolean }
  | { kind: "head_lost" };

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

type SealedEntry = SealableEntry & { position: number; hash: Buffer };
/** An entry that does not hang on the one before it. */
type Suspect = { entry: SealedEntry; before: ChainHead; isBeforeSound: boolean; isAfterGap: boolean };

const pageEntries = 2_000;
const namedProblems = 1_000;
/** Finding where entries came from compares each with each; those beyond are called changed. */
const comparedSuspects = 300;
const lateAfterSeconds = 5;

/** Reads the whole log once, page by page, and checks it against its chain. */
export async function verifyAudit(db: Database): Promise<Verification> {
  const problems: ChainProblem[] = [];
  const suspects: Suspect[] = [];
  let isIntact = true;
  let isCutOff = false;
  let checked = 0;
  let last = chainStart;
  let isLastSound = true;
  // Read before the walk: what is sealed meanwhile lies beyond it.
  const remembered = await rememberedHead(db);

  function report(problem: ChainProblem): void {
    if (problem.kind !== "unsealed" || problem.isLate) isIntact = false;
    if (problems.length < namedProblems) problems.push(problem);
    else isCutOff = true;
  }

  for await (const entry of sealedEntries(db)) {
    checked++;
    if (entry.position < 1) {
      // The chain begins at 1: this one was put in by hand.
      report({ kind: "changed", id: entry.id, position: entry.position });
      continue;
    }
    const isAfterGap = entry.position !== last.position + 1;
    if (isAfterGap) report({ kind: "missing", from: last.position + 1, to: entry.position - 1 });
    const isSound = chainHash(last.hash, entry).equals(entry.hash);
    const isOtherThanRemembered = entry.position === remembered?.position && !entry.hash.equals(remembered.hash);
    if (!isSound && suspects.length < comparedSuspects) suspects.push({ entry, before: last, isBeforeSound: isLastSound, isAfterGap });
    else if ((!isSound && !isAfterGap) || isOtherThanRemembered) report({ kind: "changed", id: entry.id, position: entry.position });
    last = { position: entry.position, hash: entry.hash };
    isLastSound = isSound;
  }

  for (const problem of judge(suspects)) report(problem);
  if (remembered === null && checked > 0) report({ kind: "head_lost" });
  if (remembered !== null && remembered.position > last.position) report({ kind: "missing", from: last.position + 1, to: remembered.position });
  for await (const entry of unsealedEntries(db)) report({ kind: "unsealed", ...entry });
  return { isIntact, checked, head: { position: last.position, hash: last.hash.toString("hex") }, problems, isCutOff };
}

/**
 * Tells entries that were moved from entries that were changed: one that was moved still has, somewhere among the
 * suspects, the hash it hangs on and the hash it was sealed with.
 */
function judge(suspects: readonly Suspect[]): ChainProblem[] {
  const sealedHashes = new Set(suspects.map((suspect) => textOf(suspect.entry.hash)));
  const anchors = new Map<string, Buffer>();
  /** Hash → the position it was sealed at, as far as it is known. */
  const positions = new Map<string, number>();
  for (const { entry, before, isBeforeSound } of suspects) {
    anchors.set(textOf(entry.hash), entry.hash);
    anchors.set(textOf(before.hash), before.hash);
    if (isBeforeSound) positions.set(textOf(before.hash), before.position);
  }

  const links = new Map<Suspect, { before: string; own: string }>();
  for (const suspect of suspects) {
    for (const [before, anchor] of anchors) {
      const own = textOf(chainHash(anchor, suspect.entry));
      if (!sealedHashes.has(own)) continue;
      links.set(suspect, { before, own });
      break;
    }
  }
  // Each round places at least one more, or none is left that can be placed.
  for (let placed = -1; placed !== positions.size;) {
    placed = positions.size;
    for (const { before, own } of links.values()) {
      const position = positions.get(before);
      if (position !== undefined) positions.set(own, position + 1);
    }
  }

  return suspects.flatMap((suspect): ChainProblem[] => {
    const { id, position } = suspect.entry;
    const link = links.get(suspect);
    const sealedAt = link === undefined ? undefined : positions.get(link.own);
    if (sealedAt === undefined) return suspect.isAfterGap ? [] : [{ kind: "changed", id, position }];
    return sealedAt === position ? [] : [{ kind: "reordered", id, position, sealedAt }];
  });
}

async function* sealedEntries(db: Database): AsyncGenerator<SealedEntry> {
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const page = await db
      .selectFrom("audit_entries")
      .select([...sealableColumns(), "position", "hash"])
      .where("position", ">", after)
      .orderBy("position")
      .limit(pageEntries)
      .execute();
    for (const { position, hash, ...entry } of page) {
      if (position === null) continue;
      // A seal without its hash is no seal: it can match nothing.
      yield { ...entry, position, hash: hash ?? Buffer.alloc(0) };
      after = position;
    }
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

function textOf(hash: Buffer): string {
  return hash.toString("hex");
}
