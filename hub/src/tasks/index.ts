import { fromKysely, PgBoss } from "pg-boss";
import type { Logger } from "pino";
import type { ConnectionSettings, DatabaseTransaction } from "../database/index.ts";

/**
 * Background work, behind pg-boss. A task is enqueued in the transaction that made it due, so it exists exactly
 * when that stands; every handler may run twice.
 */
export type Tasks = {
  /** Registers a kind of task before `start`. Names carry a version, for old tasks outlive an upgrade: `imports.process.1`. */
  handle<Data extends object>(name: string, options: TaskOptions, handler: (data: Data, signal: AbortSignal) => Promise<void>): void;
  enqueue<Data extends object>(trx: DatabaseTransaction, name: string, data: Data): Promise<void>;
  start(): Promise<void>;
  /** Takes no new task, waits for those under way (at most 20 s), and leaves the rest to the next start. */
  stop(): Promise<void>;
};

export type TaskOptions = {
  /** How many at once on this hub. */
  concurrency: number;
  /** A task that runs longer is given to somebody else. */
  expireInSeconds: number;
  retries: number;
  /** Runs by the clock besides (cron, UTC). */
  cron?: string;
};

const stopTimeoutMs = 20_000;
/** A hub that was killed gives no sign any more; its tasks are given to another after this, however long they may take. */
const signOfLifeWithinSeconds = 20;
const superviseSeconds = 5;
/** New tasks are told at once; those to be tried again are not, and are looked for. */
const pollSeconds = 2;

type Kind = { options: TaskOptions; handler: (data: object, signal: AbortSignal) => Promise<void> };

export function createTasks(connection: ConnectionSettings, log: Logger): Tasks {
  const kinds = new Map<string, Kind>();
  const boss = new PgBoss({
    ...connection,
    max: 4,
    application_name: "sentinal tasks",
    useListenNotify: true,
    monitorVacuum: false,
    reindex: false,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  });
  boss.on("error", (error) => log.error({ err: error }, "background tasks"));
  boss.on("warning", (warning) => log.warn({ warning }, "background tasks"));
  let isStarted = false;

  return {
    handle(name, options, handler) {
      if (kinds.has(name)) throw new Error(`two handlers for the task ${name}`);
      kinds.set(name, { options, handler: (data, signal) => handler(data as Parameters<typeof handler>[0], signal) });
    },
    async enqueue(trx, name, data) {
      if (!kinds.has(name)) throw new Error(`no handler for the task ${name}`);
      await boss.send(name, data, { db: fromKysely(trx) });
    },
    async start() {
      await boss.start();
      isStarted = true;
      for (const [name, kind] of kinds) await startKind(boss, name, kind);
    },
    async stop() {
      if (isStarted) await boss.stop({ graceful: true, timeout: stopTimeoutMs });
    },
  };
}

async function startKind(boss: PgBoss, name: string, kind: Kind): Promise<void> {
  const queue = {
    retryLimit: kind.options.retries,
    retryBackoff: true,
    retryDelay: 2,
    expireInSeconds: kind.options.expireInSeconds,
    heartbeatSeconds: signOfLifeWithinSeconds,
    notify: true,
  };
  await boss.createQueue(name, queue);
  // One that an earlier version made keeps that version's options otherwise.
  await boss.updateQueue(name, queue);
  await boss.work<object>(name, { localConcurrency: kind.options.concurrency, batchSize: 1, notifyPollingIntervalSeconds: pollSeconds }, async (jobs) => {
    for (const job of jobs) await kind.handler(job.data ?? {}, job.signal);
  });
  if (kind.options.cron !== undefined) await boss.schedule(name, kind.options.cron, {});
}
