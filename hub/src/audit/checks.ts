import { AuditChain } from "@sentinal/contract";
import { sql } from "kysely";
import type { Logger } from "pino";
import { type Database, readHubState } from "../database/index.ts";
import { furthestHead } from "./seal.ts";
import { type Verification, verifyAudit } from "./verify.ts";

/** Checks of the whole log by the hub itself: when somebody asks, and once a day. */
export type AuditChecks = {
  /** Begins a check, unless one goes on in this hub. It works page by page, while the hub serves on. */
  begin(): void;
  /** How the chain stands, with the last check's outcome. */
  state(): Promise<AuditChain>;
  /** Begins to check once a day. */
  start(): void;
  /** Stops the clock, and a check that goes on. */
  stop(): Promise<void>;
};

const lookEveryMs = 3_600_000;
/** Less than a day, so that the hour at which a hub looks does not move on from day to day. */
const dueAfterMs = 23 * 3_600_000;
const stateName = "audit_verified";
/** Of a broken log, so many problems are kept; `sentinal audit verify` names more. */
const keptProblems = 50;

export function createAuditChecks(options: { db: Database; log: Logger; now?: () => number }): AuditChecks {
  const { db, log } = options;
  const now = options.now ?? Date.now;
  let timer: NodeJS.Timeout | null = null;
  let running: { work: Promise<void>; stop: AbortController } | null = null;

  function begin(): void {
    if (running !== null) return;
    const stop = new AbortController();
    const work = check(stop.signal)
      .catch((error: unknown) => {
        if (!stop.signal.aborted) log.error({ err: error }, "the audit log could not be checked");
      })
      .finally(() => {
        running = null;
      });
    running = { work, stop };
  }

  async function check(signal: AbortSignal): Promise<void> {
    const verification = await verifyAudit(db, { signal });
    await remember(db, verification, now());
    if (verification.isIntact) return;
    log.error({ audit_problems: verification.problems.slice(0, 10) }, "the audit log is not intact; `sentinal audit verify` names what is wrong");
  }

  async function checkWhenDue(): Promise<void> {
    const last = await lastCheck(db);
    if (last === null || now() - Date.parse(last.at) >= dueAfterMs) begin();
  }

  return {
    begin,
    async state() {
      // Before its outcome is read: one that ends meanwhile still goes on for whoever asks again until it does not.
      const isVerifying = running !== null;
      const head = await furthestHead(db);
      const unsealed = await db
        .selectFrom("audit_entries")
        .select(db.fn.countAll<number>().as("count"))
        .where("position", "is", null)
        .executeTakeFirstOrThrow();
      return {
        head: head.position === 0 ? null : { position: head.position, hash: head.hash.toString("hex") },
        unsealed: unsealed.count,
        verified: await lastCheck(db),
        is_verifying: isVerifying,
      };
    },
    start() {
      timer ??= setInterval(() => {
        checkWhenDue().catch((error: unknown) => log.warn({ err: error }, "when the audit log was checked last could not be read"));
      }, lookEveryMs).unref();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      running?.stop.abort();
      await running?.work;
    },
  };
}

/** What the last check found; null when there was none, or when somebody wrote something else there. */
async function lastCheck(db: Database): Promise<AuditChain["verified"]> {
  const parsed = AuditChain.shape.verified.safeParse(await readHubState(db, stateName));
  return parsed.success ? parsed.data : null;
}

async function remember(db: Database, verification: Verification, nowMs: number): Promise<void> {
  const verified: AuditChain["verified"] = {
    at: new Date(nowMs).toISOString(),
    is_intact: verification.isIntact,
    position: verification.head.position,
    checked: verification.checked,
    problems: verification.problems.slice(0, keptProblems),
    is_cut: verification.isCutOff || verification.problems.length > keptProblems,
  };
  const value = JSON.stringify(verified);
  await db
    .insertInto("hub_state")
    .values({ name: stateName, value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value, updated_at: sql`now()` }))
    .execute();
}
