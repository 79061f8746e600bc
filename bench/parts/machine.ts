import { cpus, loadavg, release, totalmem } from "node:os";
import pg from "pg";
import type { ConnectionSettings } from "../../hub/src/database/index.ts";

/** Where figures were measured; figures of two machines cannot be compared. */
export type Machine = {
  cpu: string;
  cores: number;
  memoryMb: number;
  system: string;
  node: string;
  /** Null where no server was asked. */
  postgres: string | null;
  /** Running processes, averaged over the last minute, when the measurement began. */
  loadBefore: number;
};

export async function describeMachine(connection: ConnectionSettings | null): Promise<Machine> {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryMb: Math.round(totalmem() / 1024 / 1024),
    system: `${process.platform} ${release()}`,
    node: process.version,
    postgres: connection === null ? null : await versionOf(connection),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

async function versionOf(connection: ConnectionSettings): Promise<string> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const answer = await client.query<{ server_version: string }>("show server_version");
    return answer.rows[0]?.server_version ?? "unknown";
  } finally {
    await client.end();
  }
}
