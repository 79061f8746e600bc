import type { IntakeAnswer, ScanStatus, ScanType, SeverityCounts, TestCounts } from "@sentinal/contract";
import { findOrCreateRun, type Repositories, settleRun, standingOf } from "../ci-runs/index.ts";
import { type Database, inTransaction } from "../database/index.ts";
import { HttpError } from "../http/index.ts";
import type { Changes } from "../realtime/index.ts";
import type { Tasks } from "../tasks/index.ts";
import { applyReceived, nothingChanged, type Received, scanOfNewRun } from "./apply.ts";
import type { Arrival } from "./arrival.ts";
import { findImport, findSameArrival, insertImport } from "./imports.ts";
import { batchesOf, countBatch, noSeverityCounts, noTestCounts, type Piece, type ReadingPool, sightingOf } from "../reading/index.ts";
import { countsOf, disagreement, issuesAreComplete, issuesOf } from "./results.ts";
import { createScopes, type Scopes } from "./scopes.ts";
import { forgetBytes, piecesOf, rowsOf } from "./stored-bytes.ts";
import { changesOf, isWholeScan, mayFix, processImportTask, saidOf, scanStatusOf } from "./rules.ts";

export type Intake = {
  /** Works a report in or queues it; either way it is durable when this answers. */
  accept(arrival: Arrival): Promise<IntakeAnswer>;
};

/** Reports up to this size are worked in before the answer; larger ones by a task. */
export const inlineBytes = 2 * 1024 * 1024;
/** How long the answer to a queued report waits for its end, where that may come within the time. */
const waitForTaskMs = 900;
/** A larger report takes longer than that on any machine: its sender need not wait to hear it. */
const mostWaitedBytes = 4 * 1024 * 1024;

export type IntakeDependencies = {
  db: Database;
  repositories: Repositories;
  tasks: Tasks;
  changes: Changes;
  reading: ReadingPool;
  publicUrl: () => string;
  /** Resolves true when the import has ended within the time. */
  waitForImport(importId: string, timeoutMs: number): Promise<boolean>;
};

export function createIntake(dependencies: IntakeDependencies): Intake {
  const scopes = createScopes(dependencies.db);
  return {
    async accept(arrival) {
      const isQueued = arrival.report !== null && (arrival.report.bytes === null || arrival.report.bytes.length > inlineBytes);
      return isQueued ? queueArrival(dependencies, arrival) : workIn(dependencies, scopes, arrival);
    },
  };
}

async function workIn(dependencies: IntakeDependencies, scopes: Scopes, arrival: Arrival): Promise<IntakeAnswer> {
  const { db, repositories } = dependencies;
  const receivedAt = new Date();
  const repositoryId = await repositories.idOf(arrival.repository);
  const { counts, pieces, ...prepared } = await prepare(dependencies.reading, scopes, arrival, repositoryId);
  const ifNew = standingOf(arrival.facts.status ?? null, [standingScan(prepared.status, counts)]);
  const { applied, run, gate } = await inTransaction(db, async (trx) => {
    const key = { ...prepared, repositoryId, facts: arrival.facts };
    const { opened, ...run } = await findOrCreateRun(trx, arrival.facts, repositoryId, ifNew, scanOfNewRun(key, counts));
    const received: Received = { ...key, importId: arrival.importId, run, opened, receivedAt, sha256: arrival.sha256 };
    const applied = await applyReceived(trx, received);
    if (!applied.isDuplicate)
      await insertImport(trx, arrival, run.id, { applied, receivedAt, format: received.format, pieces: rowsOf(arrival.importId, pieces) });
    const settled = run.isNew && !run.hasGate ? null : await settleRun(trx, run.id, saidOf(arrival.facts, run.attempt, applied.isDuplicate));
    return { applied, run, gate: settled?.gate ?? null };
  });
  dependencies.changes.announce(changesOf(run, applied.scanId, prepared.status));
  return {
    run_id: run.id,
    scan_id: applied.scanId,
    import_id: applied.importId,
    status: applied.status,
    counts: applied.counts,
    changes: applied.changes,
    warnings: applied.warnings,
    gate,
    url: `${dependencies.publicUrl()}/scans/${applied.scanId}`,
  };
}

/** What is known of a report before anything is written; `counts` as its scan shows them when it is the first of its key, `pieces` its bytes to be stored. */
type Prepared = Omit<Received, "importId" | "run" | "repositoryId" | "facts" | "receivedAt" | "sha256" | "opened"> & {
  counts: SeverityCounts | TestCounts;
  pieces: readonly Piece[];
};

/** Reads what came; throws HttpError 422 when it is no report. Nothing is written yet. */
async function prepare(reading: ReadingPool, scopes: Scopes, arrival: Arrival, repositoryId: number): Promise<Prepared> {
  const { report, results, facts } = arrival;
  const status = scanStatusOf(results?.status, facts.status);
  if (report === null) return prepareResults(scopes, arrival, repositoryId, status);
  const read = await reading.readWhole(report.reader.format, report.bytes ?? Buffer.alloc(0), report.places);
  if (read.refusal !== null) throw refusal(read.refusal.message);
  const tool = read.summary?.tool ?? report.reader.format;
  const scanType = read.summary?.scanType ?? report.scanType;
  const counted = { severities: noSeverityCounts(), tests: noTestCounts() };
  for (const batch of read.batches) countBatch(counted, batch);
  const counts = scanType === "test" ? counted.tests : counted.severities;
  return {
    scanType,
    tool,
    toolVersion: read.summary?.toolVersion ?? null,
    target: read.summary?.artifact ?? null,
    format: report.reader.format,
    status,
    isPartial: read.isPartial,
    counts,
    pieces: read.pieces,
    senderCounts: null,
    toolGate: read.gate,
    content:
      read.summary?.isGateOnly === true
        ? null
        : {
            scopeId: await scopes.idOf({ repositoryId, scanType, tool, target: facts.category || (read.summary?.artifactScope ?? "") }),
            batches: read.batches,
            isComplete: mayFix(read) && isWholeScan(results?.status, facts.status),
          },
    warnings: [...arrival.warnings, ...read.warnings, ...(results === null ? [] : disagreement(results, counts))],
  };
}

async function prepareResults(scopes: Scopes, arrival: Arrival, repositoryId: number, status: ScanStatus): Promise<Prepared> {
  const { facts, scanType } = arrival;
  const results = arrival.results ?? {};
  const { counts, warnings } = countsOf(results, scanType);
  const tool = results.tool ?? toolOf[scanType];
  const sightings = issuesOf(results, scanType).map((issue) => sightingOf(issue, null));
  const isComplete = issuesAreComplete(results) && isWholeScan(results.status, facts.status);
  return {
    scanType,
    tool,
    toolVersion: null,
    target: null,
    format: null,
    status,
    isPartial: false,
    counts,
    pieces: [],
    toolGate: null,
    senderCounts: counts,
    // A list that is empty and not known to be all of it says nothing.
    content:
      sightings.length === 0 && !isComplete
        ? null
        : {
            // Apart from the tool's own reports: a count of 0 must not close what a report has opened.
            scopeId: await scopes.idOf({ repositoryId, scanType, tool, target: `results ${facts.category ?? ""}`.trim() }),
            batches: batchesOf(sightings),
            isComplete,
          },
    warnings: [...arrival.warnings, ...warnings],
  };
}

async function queueArrival(dependencies: IntakeDependencies, arrival: Arrival): Promise<IntakeAnswer> {
  const { db, repositories, tasks } = dependencies;
  const repositoryId = await repositories.idOf(arrival.repository);
  const pieces = await piecesOf(arrival.importId, arrival.report?.bytes ?? Buffer.alloc(0));
  const { run, earlierId } = await inTransaction(db, async (trx) => {
    const run = await findOrCreateRun(trx, arrival.facts, repositoryId, { status: "Running", critical: 0 });
    const earlierId = await findSameArrival(trx, arrival, run.id);
    if (earlierId !== null) {
      await forgetBytes(trx, arrival.importId);
      return { run, earlierId };
    }
    await insertImport(trx, arrival, run.id, { applied: null, receivedAt: new Date(), format: arrival.report?.reader.format ?? null, pieces });
    await tasks.enqueue(trx, processImportTask, { import_id: arrival.importId });
    return { run, earlierId: null };
  });
  const importId = earlierId ?? arrival.importId;
  if (earlierId === null) dependencies.changes.announce([{ kind: run.isNew ? "run_created" : "run_updated", run: run.id }]);
  const before = earlierId === null ? null : await findImport(db, importId, dependencies.publicUrl());
  if (before !== null && before.counts !== null) return { ...before, ...nothingChanged(before.counts, before.changes) };
  if ((arrival.report?.sizeBytes ?? 0) <= mostWaitedBytes) await dependencies.waitForImport(importId, waitForTaskMs);
  const answer = await findImport(db, importId, dependencies.publicUrl());
  if (answer === null) throw new Error("the import that was just written is not there");
  // Refused within the time: told as a small one is. The import stays, with the reason.
  if (answer.status === "refused") throw refusal(answer.warnings[0]?.message ?? "The content is no report of its format.");
  return answer;
}

function refusal(problem: string): HttpError {
  return new HttpError("report_refused", problem, { errors: [{ field: "report", problem, fix: "Send the file as the tool wrote it." }] });
}

function standingScan(status: ScanStatus, counts: SeverityCounts | TestCounts) {
  return "failed" in counts ? { status, failedTests: counts.failed + counts.errors, critical: 0 } : { status, failedTests: 0, critical: counts.critical };
}

/** Names for counts that come without a tool's report. */
const toolOf: Readonly<Record<ScanType, string>> = { trivy: "Trivy", zap: "ZAP", sonarqube: "SonarQube", lint: "lint", test: "test" };
