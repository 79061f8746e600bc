import { RunFacts, Results, ScanType, type Warning } from "@sentinal/contract";
import { type Encoding, readerOf, type ReportReader } from "@sentinal/reports";
import { sql } from "kysely";
import type { Logger } from "pino";
import { z } from "zod";
import { settleRun } from "../ci-runs/index.ts";
import { type Database, inTransaction } from "../database/index.ts";
import type { Changes } from "../realtime/index.ts";
import type { Tasks } from "../tasks/index.ts";
import { type Applied, applyReceived } from "./apply.ts";
import { completeImport, endImport } from "./imports.ts";
import { encodingOf, type Reading, type ReadingPool, type StoredReport } from "../reading/index.ts";
import { disagreement } from "./results.ts";
import { changesOf, isWholeScan, mayFix, processImportTask, saidOf, scanStatusOf } from "./rules.ts";
import type { Scopes } from "./scopes.ts";
import { storedPieces, sweepBytes, sweepOccurrences } from "./stored-bytes.ts";

const sweepTask = "imports.sweep.1";
/** A report that fails so often is our fault, and stays for us to look at. */
const mostTries = 4;
/** A large report may take minutes. A hub that gives no sign of life loses its task much sooner, see `tasks/`. */
const processWithinSeconds = 3_600;
/** A report of so many findings changes what PostgreSQL must know of its tables. */
const manyFindings = 5_000;
/** At most so many progress events an import. */
const mostProgressEvents = 20;

export type ImportTaskDependencies = {
  db: Database;
  scopes: Scopes;
  changes: Changes;
  reading: ReadingPool;
  log: Logger;
  retentionDays: number;
  onImportEnded(importId: string): void;
};

export function registerImportTasks(tasks: Tasks, dependencies: ImportTaskDependencies): void {
  tasks.handle<{ import_id: string }>(processImportTask, { concurrency: 1, expireInSeconds: processWithinSeconds, retries: mostTries + 1 }, (data) =>
    processImport(dependencies, data.import_id),
  );
  tasks.handle(sweepTask, { concurrency: 1, expireInSeconds: 600, retries: 1, cron: "17 * * * *" }, async () => {
    const pieces = await sweepBytes(dependencies.db, dependencies.retentionDays);
    const occurrences = await sweepOccurrences(dependencies.db, dependencies.retentionDays);
    if (pieces + occurrences > 0) dependencies.log.info({ pieces, occurrences }, "swept what is past its time");
  });
}

type QueuedImport = {
  id: string;
  runId: number;
  repositoryId: number;
  attempt: number;
  branch: string;
  startedAt: Date | null;
  receivedAt: Date;
  sha256: Buffer;
  encoding: Encoding | null;
  places: Buffer | null;
  scanType: ScanType;
  facts: Record<string, unknown>;
  reader: ReportReader;
};

/** Reads a queued import twice: first for what it is and whether it is whole, then for its findings, all in one transaction. May run twice. */
async function processImport(dependencies: ImportTaskDependencies, importId: string): Promise<void> {
  const { db, changes, log } = dependencies;
  const queued = await beginImport(dependencies, importId);
  if (queued === null) return;
  try {
    const reading = await dependencies.reading.survey(storedReport(db, queued), progressOf(changes, queued.runId));
    if (reading.refusal !== null) {
      await endUnread(dependencies, queued.runId, importId, "refused", reading.refusal);
    } else {
      const applied = await applyQueued(dependencies, queued, reading);
      changes.announce(changesOf({ id: queued.runId, isNew: false }, applied.scanId, "completed"));
      if (reading.records >= manyFindings) await refreshStatistics(db, log);
    }
  } catch (error) {
    log.error({ err: error, import_id: importId }, "an import failed and will be tried again");
    throw error;
  }
  dependencies.onImportEnded(importId);
}

/** So many rows at once make PostgreSQL plan lists as if they were not there, until autovacuum comes by a minute later. */
async function refreshStatistics(db: Database, log: Logger): Promise<void> {
  await sql`analyze findings, finding_states, occurrences`.execute(db).catch((error: unknown) => log.warn({ err: error }, "statistics could not be refreshed"));
}

async function beginImport(dependencies: ImportTaskDependencies, importId: string): Promise<QueuedImport | null> {
  const { db } = dependencies;
  const answer = await sql<{
    run_id: number;
    tries: number;
    format: string | null;
    facts: Record<string, unknown>;
    sha256: Buffer;
    content_encoding: string | null;
    places: Buffer | null;
    scan_type: string;
    received_at: Date;
    repository_id: number;
    started_at: Date | null;
    run_attempt: number;
    branch: string;
  }>`
    update imports i set status = 'running', tries = tries + 1 from runs r
     where i.id = ${importId} and r.id = i.run_id and i.status in ('queued', 'running')
    returning i.run_id, i.tries, i.format, i.facts, i.sha256, i.content_encoding, i.places, i.scan_type, i.received_at, r.repository_id, r.started_at, r.run_attempt, r.branch`.execute(
    db,
  );
  const row = answer.rows[0];
  if (row === undefined) return null;
  const reader = row.format === null ? null : readerOf(row.format);
  if (reader === null || row.tries > mostTries) {
    const warning =
      reader === null
        ? { code: "reader_gone", message: "This hub has no reader for the format any more." }
        : { code: "given_up", message: "The hub failed to work this report in several times; its log says why. The bytes are kept." };
    await endUnread(dependencies, row.run_id, importId, "failed", warning);
    dependencies.onImportEnded(importId);
    return null;
  }
  return {
    id: importId,
    runId: row.run_id,
    repositoryId: row.repository_id,
    attempt: row.run_attempt,
    branch: row.branch,
    startedAt: row.started_at,
    receivedAt: row.received_at,
    sha256: row.sha256,
    encoding: encodingOf(row.content_encoding),
    places: row.places,
    scanType: ScanType.parse(row.scan_type),
    facts: row.facts,
    reader,
  };
}

function storedReport(db: Database, { id, reader, encoding, places }: QueuedImport): StoredReport {
  return { format: reader.format, encoding, places, pieces: () => storedPieces(db, id) };
}

/** Ends an import that came to nothing; its run must not look as if it still went on. */
async function endUnread(
  { db, changes }: ImportTaskDependencies,
  runId: number,
  importId: string,
  status: "refused" | "failed",
  warning: Warning,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx.selectFrom("runs").select("id").where("id", "=", runId).forUpdate().execute();
    await endImport(trx, importId, status, warning);
    await settleRun(trx, runId);
  });
  changes.announce([
    { kind: "run_updated", run: runId },
    { kind: "scan_failed", run: runId },
  ]);
}

async function applyQueued(dependencies: ImportTaskDependencies, queued: QueuedImport, reading: Reading): Promise<Applied> {
  const { db, scopes } = dependencies;
  const facts = RunFacts.parse(queued.facts);
  const results = Results.nullish().parse(queued.facts["results"]) ?? null;
  const sent = z
    .array(z.object({ code: z.string(), message: z.string() }))
    .catch([])
    .parse(queued.facts["warnings"]) satisfies Warning[];
  const { reader } = queued;
  const tool = reading.summary?.tool ?? reader.format;
  const status = scanStatusOf(results?.status, facts.status);
  const scanType = reading.summary?.scanType ?? queued.scanType;
  const scopeId = await scopes.idOf({
    repositoryId: queued.repositoryId,
    scanType,
    tool,
    target: facts.category || (reading.summary?.artifactScope ?? ""),
  });
  const attempt = facts.run_attempt ?? queued.attempt;
  return inTransaction(db, async (trx) => {
    // The run's row first, as every report of the run does.
    await trx.selectFrom("runs").select("id").where("id", "=", queued.runId).forUpdate().execute();
    const applied = await applyReceived(trx, {
      importId: queued.id,
      run: { id: queued.runId, attempt, branch: queued.branch, isNew: false, startedAt: queued.startedAt, hasGate: true },
      repositoryId: queued.repositoryId,
      facts,
      scanType,
      tool,
      toolVersion: reading.summary?.toolVersion ?? null,
      target: reading.summary?.artifact ?? null,
      format: reader.format,
      status,
      isPartial: reading.isPartial,
      sha256: queued.sha256,
      senderCounts: null,
      toolGate: reading.gate,
      content:
        reading.summary?.isGateOnly === true
          ? null
          : {
              scopeId,
              batches: dependencies.reading.batches(storedReport(db, queued)),
              isComplete: mayFix(reading) && isWholeScan(results?.status, facts.status),
            },
      receivedAt: queued.receivedAt,
      warnings: [...sent, ...reading.warnings],
      opened: null,
    });
    const warnings = results === null || applied.isDuplicate ? applied.warnings : [...applied.warnings, ...disagreement(results, applied.counts)];
    await completeImport(trx, queued.id, { ...applied, warnings });
    await settleRun(trx, queued.runId, saidOf(facts, attempt, applied.isDuplicate));
    return applied;
  });
}

/** Tells the page of the run how far the reading is; fewer and fewer events as it goes on, at most 20. */
function progressOf(changes: Changes, runId: number): (findings: number) => void {
  let next = 2_000;
  let events = 0;
  return (findings) => {
    if (findings < next || events >= mostProgressEvents) return;
    next = findings * 1.5;
    events++;
    changes.announce([{ kind: "scan_progress", run: runId, progress: findings }]);
  };
}
