import {
  type Actor,
  AuditFileProblem,
  type ChainHead,
  exportLog,
  type ExportRange,
  furthestHead,
  openExport,
  recordAudit,
  type Verification,
  verifyAudit,
  verifyChain,
} from "./audit/index.ts";
import type { Database } from "./database/index.ts";

export { parseHead } from "./audit/index.ts";
export type { ChainHead, ExportRange, Verification } from "./audit/index.ts";

/** Hears how many entries of how many were read. */
export type OnEntries = (done: number, total: number) => void;

/** What an operator does with the audit log. */
export type AuditOperator = {
  /** The log as JSON lines, in pieces of some thousand; that it went out stands in it. */
  exportAudit(range: ExportRange): AsyncGenerator<string>;
  /** Checks the whole log, and the heads that were kept elsewhere. */
  verifyAudit(keptHeads: readonly ChainHead[], onEntries: OnEntries): Promise<Verification>;
  /** Where the chain ends; null while the log is empty. */
  auditHead(): Promise<{ position: number; hash: string } | null>;
};

export function createAuditOperator(db: Database, actor: Actor): AuditOperator {
  return {
    async *exportAudit(range) {
      await recordAudit(db, { actor, action: "audit.exported", detail: { from: range.from?.toISOString() ?? null, to: range.to?.toISOString() ?? null } });
      yield* exportLog(db, range, Date.now());
    },
    async verifyAudit(keptHeads, onEntries) {
      const { position: total } = await furthestHead(db);
      return verifyAudit(db, { keptHeads, onProgress: (done) => onEntries(done, total) });
    },
    async auditHead() {
      const head = await furthestHead(db);
      return head.position === 0 ? null : { position: head.position, hash: head.hash.toString("hex") };
    },
  };
}

/** Checks an exported log, without a hub or a database. `problem` says why the file is none. */
export async function verifyAuditFile(
  path: string,
  keptHeads: readonly ChainHead[],
  onEntries: OnEntries,
): Promise<{ value: Verification } | { problem: string }> {
  try {
    const log = await openExport(path);
    return { value: await verifyChain(log, { keptHeads, onProgress: (done) => onEntries(done, log.total) }) };
  } catch (error) {
    if (error instanceof AuditFileProblem) return { problem: error.message };
    throw error;
  }
}
