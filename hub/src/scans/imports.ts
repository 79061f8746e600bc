import type { Changes, Import, ImportStatus, IntakeAnswer, SeverityCounts, TestCounts, Warning } from "@sentinal/contract";
import { sql } from "kysely";
import { type Database, type DatabaseTransaction, unawaited } from "../database/index.ts";
import { runGateOf } from "../ci-runs/index.ts";
import type { Applied } from "./apply.ts";
import type { Arrival } from "./arrival.ts";
import type { StoredPiece } from "./stored-bytes.ts";

/** Writes the import of an arrival, and its bytes where they are not stored yet: worked in already, or (`applied` null) waiting for its task. */
export async function insertImport(
  trx: DatabaseTransaction,
  arrival: Arrival,
  runId: number,
  state: { applied: Applied | null; receivedAt: Date; format: string | null; pieces: readonly StoredPiece[] },
): Promise<void> {
  const { applied, receivedAt, pieces } = state;
  const writing = pieces.length === 0 ? trx : trx.with("stored", (query) => query.insertInto("import_chunks").values(pieces));
  await writing
    .insertInto("imports")
    .modifyEnd(unawaited)
    .values({
      id: arrival.importId,
      run_id: runId,
      scan_id: applied?.scanId ?? null,
      status: applied?.status ?? "queued",
      scan_type: arrival.report?.scanType ?? arrival.scanType,
      format: state.format,
      sha256: arrival.sha256,
      size_bytes: arrival.report?.sizeBytes ?? 0,
      places: arrival.report?.places ?? null,
      content_encoding: arrival.report?.encoding ?? null,
      facts: JSON.stringify({ ...arrival.envelope, results: arrival.results, warnings: applied === null ? arrival.warnings : [] }),
      api_token_id: arrival.apiTokenId,
      trust_binding_id: arrival.trustBindingId,
      ordered_at: applied?.orderedAt ?? receivedAt,
      received_at: receivedAt,
      shard_index: arrival.facts.shard?.index ?? null,
      shard_total: arrival.facts.shard?.total ?? null,
      ...(applied !== null && endOf(applied)),
    })
    .execute();
}

/**
 * The import of the same bytes, from the same sender, for the same run, attempt, category and part, with the same
 * status, that waits, runs or has ended well; null when there is none. The caller holds the run's row, so two of them at once find each other.
 */
export async function findSameArrival(trx: DatabaseTransaction, arrival: Arrival, runId: number): Promise<string | null> {
  const { run_attempt: attempt, category, status, shard } = arrival.facts;
  const row = await trx
    .selectFrom("imports")
    .select("id")
    .where("run_id", "=", runId)
    .where("sha256", "=", arrival.sha256)
    .where("status", "in", ["queued", "running", "completed", "partial"])
    .where("api_token_id", "is not distinct from", arrival.apiTokenId)
    .where("trust_binding_id", "is not distinct from", arrival.trustBindingId)
    .where(sql<boolean>`facts->>'run_attempt' is not distinct from ${attempt === undefined ? null : String(attempt)}`)
    .where(sql<boolean>`facts->>'category' is not distinct from ${category ?? null}`)
    .where(sql<boolean>`facts->>'status' is not distinct from ${status ?? null}`)
    .where("shard_index", "is not distinct from", shard?.index ?? null)
    .orderBy("received_at")
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Writes the end of a queued import. */
export async function completeImport(trx: DatabaseTransaction, importId: string, applied: Applied): Promise<void> {
  await trx
    .updateTable("imports")
    .set({ scan_id: applied.scanId, status: applied.status, ordered_at: applied.orderedAt, ...endOf(applied) })
    .where("id", "=", importId)
    .execute();
}

/** Marks an import that will not be taken: refused for what it holds, or failed by our own fault. */
export async function endImport(trx: DatabaseTransaction | Database, importId: string, status: "refused" | "failed", warning: Warning): Promise<void> {
  await trx
    .updateTable("imports")
    .set({ status, completed_at: sql<Date>`now()`, warnings: JSON.stringify([warning]) })
    .where("id", "=", importId)
    .execute();
}

function endOf(applied: Applied) {
  return {
    completed_at: sql<Date>`now()`,
    counts: JSON.stringify(applied.counts),
    changes: applied.changes === null ? null : JSON.stringify(applied.changes),
    warnings: JSON.stringify(applied.warnings),
    scope_id: applied.scopeId,
  };
}

/** The answer about an import, as the sender gets it; null when there is none. */
export async function findImport(db: Database, importId: string, publicUrl: string): Promise<IntakeAnswer | null> {
  const row = await db
    .selectFrom("imports")
    .innerJoin("runs", "runs.id", "imports.run_id")
    .select(["imports.id", "run_id", "scan_id", "imports.status", "counts", "changes", "warnings", "runs.gate"])
    .where("imports.id", "=", importId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    run_id: row.run_id,
    scan_id: row.scan_id,
    import_id: row.id,
    status: row.status as ImportStatus,
    counts: row.counts as SeverityCounts | TestCounts | null,
    changes: row.changes as Changes | null,
    warnings: row.warnings as Warning[],
    gate: runGateOf(row.gate),
    url: row.scan_id === null ? `${publicUrl}/runs/${row.run_id}` : `${publicUrl}/scans/${row.scan_id}`,
  };
}

/** The imports of a run or of a scan, newest first, at most 100. */
export async function listImports(db: Database, of: { run: number } | { scan: number }): Promise<Import[]> {
  const rows = await db
    .selectFrom("imports")
    .select(["id", "run_id", "scan_id", "status", "format", "size_bytes", "sha256", "received_at", "completed_at", "changes", "warnings"])
    .where((builder) => ("run" in of ? builder("run_id", "=", of.run) : builder("scan_id", "=", of.scan)))
    .orderBy("received_at", "desc")
    .orderBy("id")
    .limit(100)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    run_id: row.run_id,
    scan_id: row.scan_id,
    status: row.status as ImportStatus,
    format: row.format,
    size_bytes: row.size_bytes,
    sha256: row.sha256.toString("hex"),
    received_at: row.received_at.toISOString(),
    completed_at: row.completed_at?.toISOString() ?? null,
    changes: row.changes as Changes | null,
    warnings: row.warnings as Warning[],
  }));
}
