import pg from "pg";
import type { ConnectionSettings } from "./open.ts";

/**
 * A connection of its own that listens to PostgreSQL's notifications and comes back by itself.
 * It proves that it still hears: it sends itself a ping twice a second, and `isHearing` tells whether one came
 * back within two seconds. Who relies on notifications (revocation) asks that first.
 */
export type Listener = {
  on(channel: string, handler: (payload: string) => void): void;
  /** Called after each (re)connection: notifications may have been missed before it. */
  onReconnect(handler: () => void): void;
  isHearing(): boolean;
  close(): Promise<void>;
};

const pingEveryMs = 500;
const hearingWithinMs = 2_000;
const reconnectAfterMs = 250;
const connectTimeoutMs = 5_000;

/** Starts listening; resolves when the first connection stands. `hubId` must be unique: it names the ping channel. */
export async function startListener(
  connection: ConnectionSettings,
  options: { hubId: string; channels: readonly string[]; onProblem(error: Error): void; now?: () => number },
): Promise<Listener> {
  // Not the time of day: a clock that is set back would believe an old echo for as long.
  const now = options.now ?? (() => performance.now());
  const pingChannel = `sentinal_ping_${options.hubId}`;
  const handlers = new Map<string, ((payload: string) => void)[]>();
  const reconnectHandlers: (() => void)[] = [];
  let client: pg.Client | null = null;
  let lastEcho = Number.NEGATIVE_INFINITY;
  let isClosed = false;
  let reconnecting: NodeJS.Timeout | null = null;

  function dispatch(message: pg.Notification): void {
    if (message.channel === pingChannel) {
      lastEcho = now();
      return;
    }
    for (const handler of handlers.get(message.channel) ?? []) handler(message.payload ?? "");
  }

  async function connect(): Promise<void> {
    const fresh = new pg.Client({
      ...connection,
      application_name: "sentinal listener",
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      query_timeout: connectTimeoutMs,
    });
    fresh.on("notification", dispatch);
    fresh.on("error", (error) => lost(fresh, error));
    fresh.on("end", () => lost(fresh, new Error("the listening connection ended")));
    try {
      await fresh.connect();
      for (const channel of [pingChannel, ...options.channels]) await fresh.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      fresh.end().catch(() => {});
      throw error;
    }
    // Closed meanwhile, by somebody who did not know of this connection yet.
    if (isClosed) return fresh.end();
    client = fresh;
    lastEcho = now();
  }

  function lost(which: pg.Client, error: Error): void {
    if (isClosed || client !== which) return;
    client = null;
    lastEcho = Number.NEGATIVE_INFINITY;
    options.onProblem(error);
    which.end().catch(() => {});
    scheduleReconnect();
  }

  function scheduleReconnect(): void {
    if (isClosed || reconnecting !== null) return;
    reconnecting = setTimeout(() => {
      reconnecting = null;
      connect().then(
        () => {
          if (isClosed) return;
          for (const handler of reconnectHandlers) handler();
        },
        (error: Error) => {
          if (isClosed) return;
          options.onProblem(error);
          scheduleReconnect();
        },
      );
    }, reconnectAfterMs);
  }

  await connect();
  const pinging = setInterval(() => {
    const current = client;
    if (current === null) return;
    current.query("select pg_notify($1, '')", [pingChannel]).catch((error: Error) => lost(current, error));
  }, pingEveryMs);

  return {
    on(channel, handler) {
      handlers.set(channel, [...(handlers.get(channel) ?? []), handler]);
    },
    onReconnect(handler) {
      reconnectHandlers.push(handler);
    },
    isHearing: () => now() - lastEcho <= hearingWithinMs,
    async close() {
      isClosed = true;
      clearInterval(pinging);
      if (reconnecting !== null) clearTimeout(reconnecting);
      await client?.end();
    },
  };
}
