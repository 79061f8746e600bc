import { sql } from "kysely";
import { z } from "zod";
import type { Database, Listener } from "../database/index.ts";

export const changesChannel = "sentinal_changes";

/** What changed, by id; the tables hold the rest. */
export const Change = z.object({
  kind: z.enum(["run_created", "run_updated", "scan_completed", "scan_failed", "scan_progress"]),
  run: z.number().int(),
  scan: z.number().int().optional(),
  /** Of `scan_progress`: findings read so far. */
  progress: z.number().int().optional(),
});
export type Change = z.infer<typeof Change>;

/** Tells all hubs what changed: collected for 25 ms after the commits, then one notification a hub. */
export type Changes = {
  /** Call it after the commit. */
  announce(changes: readonly Change[]): void;
  onChanges(handler: (changes: readonly Change[]) => void): void;
  /** Sends what is still collected. */
  close(): Promise<void>;
};

const collectMs = 25;
/** PostgreSQL takes payloads below 8,000 bytes; a change is at most about 100. */
const perNotification = 60;

export function createChanges(db: Database, listener: Listener, onProblem: (error: unknown) => void): Changes {
  const handlers: ((changes: readonly Change[]) => void)[] = [];
  const waiting = new Map<string, Change>();
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> = Promise.resolve();

  listener.on(changesChannel, (payload) => {
    const parsed = z.array(Change).safeParse(parseJson(payload));
    if (!parsed.success) return;
    for (const handler of handlers) handler(parsed.data);
  });

  async function flush(): Promise<void> {
    timer = null;
    const batch = [...waiting.values()];
    waiting.clear();
    for (let start = 0; start < batch.length; start += perNotification) {
      const payload = JSON.stringify(batch.slice(start, start + perNotification));
      // What is lost here was live only; the tables have it, and a dashboard refetches on its own.
      await sql`select pg_notify(${changesChannel}, ${payload})`.execute(db).catch(onProblem);
    }
  }

  return {
    announce(changes) {
      for (const change of changes) waiting.set(`${change.kind} ${change.run} ${change.scan ?? ""}`, change);
      timer ??= setTimeout(() => {
        sending = sending.then(flush);
      }, collectMs);
    },
    onChanges(handler) {
      handlers.push(handler);
    },
    async close() {
      if (timer !== null) clearTimeout(timer);
      await sending;
      await flush();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
