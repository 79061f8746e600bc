import type { Logger } from "pino";
import type { Database } from "../database/index.ts";
import { type ChainHead, furthestHead } from "./seal.ts";

export type HeadAnnouncements = {
  /** Ends the clock and tells the head once more. */
  stop(): Promise<void>;
};

const dailyMs = 24 * 3_600_000;

/** `HASH@POSITION`: what is kept elsewhere, and what `sentinal audit verify --head` takes. */
export function headText(head: { position: number; hash: string | Buffer }): string {
  return `${typeof head.hash === "string" ? head.hash : head.hash.toString("hex")}@${head.position}`;
}

/** Reads what `headText` wrote; null for anything else. */
export function parseHead(text: string): ChainHead | null {
  const match = /^([0-9a-f]{64})@([1-9]\d{0,14})$/.exec(text.trim().toLowerCase());
  return match === null ? null : { hash: Buffer.from(match[1] ?? "", "hex"), position: Number(match[2]) };
}

/**
 * Writes the head of the chain to the hub's log, at the start, once a day and at the stop: logs are kept elsewhere, and
 * who can change the database can make the whole chain anew.
 */
export async function announceHead(options: { db: Database; log: Logger }): Promise<HeadAnnouncements> {
  async function tell(): Promise<void> {
    const head = await furthestHead(options.db);
    if (head.position > 0)
      options.log.info({ audit_head: headText(head) }, "the audit log's head; keep it elsewhere, to prove later that nothing before it changed");
  }
  await tell();
  const timer = setInterval(() => {
    tell().catch((error: unknown) => options.log.warn({ err: error }, "the audit log's head could not be read; it is told tomorrow"));
  }, dailyMs).unref();

  return {
    async stop() {
      clearInterval(timer);
      await tell();
    },
  };
}
