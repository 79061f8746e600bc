import { openExport, verifyAudit, verifyChain } from "../../hub/src/audit/index.ts";
import { type ConnectionSettings, openDatabase } from "../../hub/src/database/index.ts";
import { forgetPeak, memoryOf } from "../parts/memory.ts";

/** Verifies the log of a database, or an exported file. */
export type VerifyAuditOrder = { connection: ConnectionSettings; path: string | null };
export type VerifyAuditAnswer = { checked: number; isIntact: boolean; seconds: number; cpuSeconds: number; overIdleBytes: number };

const order: VerifyAuditOrder = JSON.parse(process.argv[2] ?? "{}");

async function main(): Promise<void> {
  const open = openDatabase(order.connection, { applicationName: "sentinal bench", maxConnections: 2, onError: () => {} });
  await open.db.selectFrom("audit_entries").select("id").limit(1).execute();
  await forgetPeak();
  const { residentBytes: idleBytes } = await memoryOf();
  const cpuBefore = process.cpuUsage();
  const begin = performance.now();
  const { checked, isIntact } = order.path === null ? await verifyAudit(open.db) : await verifyChain(await openExport(order.path));
  const seconds = (performance.now() - begin) / 1_000;
  const cpu = process.cpuUsage(cpuBefore);
  const { peakBytes } = await memoryOf();
  await open.close();
  const answer: VerifyAuditAnswer = { checked, isIntact, seconds, cpuSeconds: (cpu.user + cpu.system) / 1_000_000, overIdleBytes: peakBytes - idleBytes };
  console.log(JSON.stringify(answer));
}

await main();
